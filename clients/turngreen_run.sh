# Tells the energy meter what a script is doing, in two lines:
#
#     . /usr/share/turngreen/clients/turngreen_run.sh
#     turngreen_begin compress; gzip big; turngreen_end compress
#
# and, where it helps, turngreen_total SAMPLES, turngreen_progress SAMPLES [TOKENS], turngreen_metric NAME NUMBER,
# turngreen_effective KNOB VALUE, turngreen_predictions FILE. Run the script under
# `turngreen measure -- sh script`; without it every call does nothing.
#
# POSIX shell, no dependencies, no process is started. Nothing here fails the script: the status is always 0, also
# under set -eu. (A trap that the script has set for SIGPIPE is reset.) A program started within a stage that has a
# client of its own marks its stages within it. A shell whose parent closed the inherited descriptor
# (Python's subprocess does, unless told close_fds=False) cannot be heard. The protocol is described in
# docs/run-protocol.md of Turngreen. Apache-2.0.

_turngreen_fd=
_turngreen_newline='
'
# The open stages, innermost last, each after a newline: "id name-as-JSON".
_turngreen_open=
_turngreen_count=0
_turngreen_outer=${TURNGREEN_RUN_PARENT-}

# Heard when the descriptor is a pipe still, and was not closed on the way.
case ${TURNGREEN_RUN_FD-} in
  '' | *[!0-9]*) ;;
  *) if [ -p "/dev/fd/$TURNGREEN_RUN_FD" ]; then _turngreen_fd=$TURNGREEN_RUN_FD; fi ;;
esac

# Sends the line $1 whole, or not at all: a pipe takes up to 4096 bytes at once.
_turngreen_send() {
  if [ ${#1} -ge 4096 ]; then return 0; fi
  # Once the meter has gone, SIGPIPE would end the script.
  trap '' PIPE
  case $_turngreen_fd in
    ?) printf '%s\n' "$1" 2>/dev/null >&"$_turngreen_fd" || _turngreen_fd= ;;
    # Only one digit can be redirected to.
    *) printf '%s\n' "$1" 2>/dev/null >"/dev/fd/$_turngreen_fd" || _turngreen_fd= ;;
  esac
  trap - PIPE
  return 0
}

# Leaves $1 as a JSON string in _turngreen_text. Control characters become "?".
_turngreen_quote() {
  _turngreen_rest=$1
  _turngreen_text='"'
  while :; do
    case $_turngreen_rest in
      *[\"\\[:cntrl:]]*) ;;
      *) break ;;
    esac
    _turngreen_head=${_turngreen_rest%%[\"\\[:cntrl:]]*}
    _turngreen_rest=${_turngreen_rest#"$_turngreen_head"}
    case $_turngreen_rest in
      \"*) _turngreen_text=$_turngreen_text$_turngreen_head'\"' ;;
      \\*) _turngreen_text=$_turngreen_text$_turngreen_head'\\' ;;
      *) _turngreen_text=$_turngreen_text$_turngreen_head'?' ;;
    esac
    _turngreen_rest=${_turngreen_rest#?}
  done
  _turngreen_text=$_turngreen_text$_turngreen_rest'"'
}

# Whether $1 is a number as JSON writes it.
_turngreen_is_number() {
  _turngreen_rest=${1#-}
  case $_turngreen_rest in
    *[eE]*)
      _turngreen_head=${_turngreen_rest#*[eE]}
      _turngreen_rest=${_turngreen_rest%%[eE]*}
      case ${_turngreen_head#[-+]} in '' | *[!0-9]*) return 1 ;; esac
      ;;
  esac
  case $_turngreen_rest in
    *.*)
      _turngreen_head=${_turngreen_rest#*.}
      _turngreen_rest=${_turngreen_rest%%.*}
      case $_turngreen_head in '' | *[!0-9]*) return 1 ;; esac
      ;;
  esac
  case $_turngreen_rest in '' | *[!0-9]* | 0?*) return 1 ;; esac
  return 0
}

# Leaves the number of this process, which in a subshell is not $$, in _turngreen_process.
_turngreen_find_process() {
  _turngreen_process=$$
  if [ -r /proc/self/stat ]; then
    read -r _turngreen_process _turngreen_rest </proc/self/stat || _turngreen_process=$$
  fi
}

# Programs started from now on belong to the innermost stage.
_turngreen_export() {
  TURNGREEN_RUN_PARENT=${_turngreen_open##*"$_turngreen_newline"}
  TURNGREEN_RUN_PARENT=${TURNGREEN_RUN_PARENT%% *}
  if [ -z "$TURNGREEN_RUN_PARENT" ]; then TURNGREEN_RUN_PARENT=$_turngreen_outer; fi
  export TURNGREEN_RUN_PARENT
}

turngreen_begin() {
  if [ -z "$_turngreen_fd" ]; then return 0; fi
  _turngreen_find_process
  _turngreen_count=$((_turngreen_count + 1))
  _turngreen_id=sh.$_turngreen_process.$_turngreen_count
  _turngreen_quote "${TURNGREEN_RUN_PARENT-}"
  _turngreen_parent=$_turngreen_text
  _turngreen_quote "${1-}"
  _turngreen_send "{\"event\":\"begin\",\"stage\":$_turngreen_text,\"span\":\"$_turngreen_id\",\"parent\":$_turngreen_parent,\"track\":\"$_turngreen_process\"}"
  _turngreen_open=$_turngreen_open$_turngreen_newline$_turngreen_id' '$_turngreen_text
  _turngreen_export
}

turngreen_end() {
  if [ -z "$_turngreen_fd" ]; then return 0; fi
  _turngreen_quote "${1-}"
  # The innermost of that name.
  _turngreen_head=$_turngreen_open
  _turngreen_rest=
  _turngreen_id=
  while [ -n "$_turngreen_head" ]; do
    _turngreen_entry=${_turngreen_head##*"$_turngreen_newline"}
    _turngreen_head=${_turngreen_head%"$_turngreen_newline"*}
    if [ "${_turngreen_entry#* }" = "$_turngreen_text" ]; then
      _turngreen_id=${_turngreen_entry%% *}
      break
    fi
    _turngreen_rest=$_turngreen_newline$_turngreen_entry$_turngreen_rest
  done
  _turngreen_open=$_turngreen_head$_turngreen_rest
  if [ -n "$_turngreen_id" ]; then
    _turngreen_send "{\"event\":\"end\",\"span\":\"$_turngreen_id\"}"
  else
    _turngreen_send "{\"event\":\"end\",\"stage\":$_turngreen_text}"
  fi
  _turngreen_export
}

turngreen_progress() {
  if [ -z "$_turngreen_fd" ]; then return 0; fi
  _turngreen_find_process
  _turngreen_send "{\"event\":\"progress\",\"samples\":${1:-0},\"tokens\":${2:-0},\"track\":\"$_turngreen_process\"}"
}

# How many samples the stage that is open is going to do in all.
turngreen_total() {
  if [ -z "$_turngreen_fd" ]; then return 0; fi
  _turngreen_find_process
  _turngreen_send "{\"event\":\"progress\",\"total\":${1:-0},\"track\":\"$_turngreen_process\"}"
}

turngreen_metric() {
  if [ -z "$_turngreen_fd" ]; then return 0; fi
  _turngreen_quote "${1-}"
  set -- "${2-}" "{\"event\":\"metric\",\"name\":$_turngreen_text,\"value\":"
  # What is no number goes as a text, and the meter says so.
  _turngreen_quote "$1"
  if _turngreen_is_number "$1"; then _turngreen_text=$1; fi
  _turngreen_send "$2$_turngreen_text}"
}

turngreen_effective() {
  if [ -z "$_turngreen_fd" ]; then return 0; fi
  _turngreen_quote "${1-}"
  set -- "${2-}" "{\"event\":\"effective\",\"knob\":$_turngreen_text,\"value\":"
  _turngreen_quote "$1"
  case $1 in
    true | false) _turngreen_text=$1 ;;
    *) if _turngreen_is_number "$1"; then _turngreen_text=$1; fi ;;
  esac
  _turngreen_send "$2$_turngreen_text}"
}

turngreen_predictions() {
  if [ -z "$_turngreen_fd" ]; then return 0; fi
  _turngreen_quote "${1-}"
  _turngreen_send "{\"event\":\"predictions\",\"file\":$_turngreen_text}"
}
