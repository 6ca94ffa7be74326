#include "byte_trie.h"

namespace turngreen::tokenizer {

namespace {
constexpr std::size_t kFewest = 64;
}

ByteTrie::ByteTrie() : slots_(kFewest), mask_(kFewest - 1), values_{kNoValue} {}

void ByteTrie::insert(std::string_view key, std::uint32_t value) {
  Node node = kRoot;
  for (const char byte : key) {
    Node next = step(node, byte);
    if (next == kNowhere) {
      next = static_cast<Node>(values_.size());
      values_.push_back(kNoValue);
      if (values_.size() * 2 > slots_.size()) grow();
      put(edge(node, byte), next);
    }
    node = next;
  }
  values_[node] = value;
}

ByteTrie::Node ByteTrie::walk(std::string_view key) const {
  Node node = kRoot;
  for (const char byte : key) {
    node = step(node, byte);
    if (node == kNowhere) break;
  }
  return node;
}

void ByteTrie::put(std::uint64_t key, Node target) {
  std::size_t slot = hash(key) & mask_;
  while (slots_[slot].target != kNowhere) slot = (slot + 1) & mask_;
  slots_[slot] = {key, target};
}

void ByteTrie::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  mask_ = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.target != kNowhere) put(slot.key, slot.target);
  }
}

}  // namespace turngreen::tokenizer
