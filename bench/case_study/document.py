"""The text of the case study: prose around tables made from the reports' JSON."""

import pathlib
import statistics

TEMPLATE = pathlib.Path(__file__).with_name("template.md")


def percent(share, digits=1):
    return f"{100 * share:+.{digits}f} %"


def notes(report, kind):
    return [note["text"] for note in report["notes"] if note["kind"] == kind]


def bullets(lines):
    return "\n".join(f"- {line}" for line in lines)


def kwh(joules):
    return f"{joules / 3.6e6:.4f}"


def configurations(report, label):
    rows = ["| | energy, kWh (95 %) | change | time | F1 | J per point | status |", "|---|---|--:|--:|--:|--:|---|"]
    for each in report["configurations"]:
        energy, change = each["energy_j"], each["change"]
        span = f"{kwh(energy['value'])} ({kwh(energy['low'])} .. {kwh(energy['high'])})"
        rows.append(
            f"| {label(each['name'])} | {span} | {percent(change['energy'])} | {percent(change['seconds'])} "
            f"| {each['quality']:.5f} | {each['ear_j_per_point']:.0f} | {each['status']} |"
        )
    return "\n".join(rows)


def agreement(cells):
    return sum(cell.agrees for cell in cells)


def table_summary(cells):
    """How many figures agree, column by column."""
    rows = ["| column | printed | agree |", "|---|--:|--:|"]
    for column in dict.fromkeys(cell.column for cell in cells):
        of_column = [cell for cell in cells if cell.column == column]
        rows.append(f"| `{column}` | {len(of_column)} | {agreement(of_column)} |")
    rows.append(f"| all | {len(cells)} | {agreement(cells)} |")
    return "\n".join(rows)


def differences(cells):
    rows = ["| variant | column | printed | first run | mean of all runs | |", "|---|---|--:|--:|--:|---|"]
    for cell in cells:
        if cell.agrees:
            continue
        digits = cell.decimals + 2
        rows.append(
            f"| {cell.variant} | `{cell.column}` | {cell.printed} | {cell.ours:.{digits}f} "
            f"| {cell.mean:.{digits}f} | {cell.why} |"
        )
    return "\n".join(rows)


def full_table(cells):
    """Printed and ours, side by side."""
    columns = list(dict.fromkeys(cell.column for cell in cells))
    head = " | ".join(f"`{column}`" for column in columns)
    rows = [f"| | first run | {head} |", "|---|---|" + "--:|" * len(columns)]
    for variant in dict.fromkeys(cell.variant for cell in cells):
        of_variant = {cell.column: cell for cell in cells if cell.variant == variant}
        figures = []
        for column in columns:
            cell = of_variant[column]
            ours = f"{cell.ours:.{cell.decimals}f}"
            figures.append(cell.printed if cell.agrees else f"{cell.printed} / **{ours}**")
        run = of_variant[columns[0]].run
        rows.append(f"| {variant} | {run} | " + " | ".join(figures) + " |")
    return "\n".join(rows)


def bundles(report, label):
    rows = ["| bundle | knobs | alone they promise | measured (95 %) | beyond |", "|---|---|--:|---|--:|"]
    for row in report["bundles"]:
        seen = row["observed_saving"]
        knobs = ", ".join(part.partition("=")[0] for part in row["parts"])
        unknown = f" ({', '.join(row['unknown_parts'])} never ran alone)" if row["unknown_parts"] else ""
        rows.append(
            f"| {label(row['configuration'])} | {knobs}{unknown} | {percent(row['predicted_saving'])} "
            f"| {percent(seen['value'])} ({percent(seen['low'])} .. {percent(seen['high'])}) "
            f"| {percent(row['beyond']['value'])} |"
        )
    return "\n".join(rows)


def pathways(report, label):
    return bullets(
        f"**{row['route']}**: {label(row['configuration'])}. {row['reason'].capitalize()}." for row in report["pathways"]
    )


def domains(report):
    rows = ["| domain | share of the energy | median ratio | worst ratio | where |", "|---|--:|--:|--:|---|"]
    for row in report["domains"]:
        rows.append(
            f"| {row['domain']} | {100 * row['share']:.1f} % | {row['median_ratio']:.3g} "
            f"| {row['worst_ratio']:.3g} | {row['worst_configuration']}, {row['worst_stage']} |"
        )
    return "\n".join(rows)


def text(untold, told, cells, label):
    """`untold`: the report of the raw files alone; `told`: with the knobs of each bundle."""
    spent = untold["ledger"]
    values = {
        "SUMMARY": bullets(untold["summary"]),
        "AGREE": str(agreement(cells)),
        "PRINTED": str(len(cells)),
        "TABLE_SUMMARY": table_summary(cells),
        "DIFFERENCES": differences(cells),
        "FULL_TABLE": full_table(cells),
        "DEGENERATE": bullets(notes(untold, "degenerate")),
        "CLUSTERS": bullets(notes(untold, "clusters")),
        "LOOK_ALIKES": bullets(notes(untold, "look-alikes")),
        "NO_EFFECT": bullets(notes(untold, "no effect")),
        "DOMAIN_NOTES": bullets(notes(untold, "domains")),
        "ENERGY_NOTES": bullets(notes(untold, "energy")),
        "DOMAINS": domains(untold),
        "IMPORT_NOTES": bullets(notes(untold, "import")),
        "BUNDLE_SUMMARY": bullets(notes(told, "bundles")[:1]),
        "BUNDLES": bundles(told, label),
        "PATHWAYS": pathways(untold, label),
        "CONFIGURATIONS": configurations(untold, label),
        "SPENT": f"{spent['spent_j'] / 3.6e6:.1f}",
        "SPENT_RUNS": f"{spent['baseline_runs']:.1f}",
        "MEDIAN_RUNS": f"{statistics.median(each['full_runs'] for each in untold['configurations']):.0f}",
    }
    page = TEMPLATE.read_text()
    for name, value in values.items():
        page = page.replace("{{" + name + "}}", value)
    return page
