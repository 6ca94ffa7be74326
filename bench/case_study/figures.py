"""The case study's figures as SVG, drawn from a report's JSON."""

import html
import math

WIDTH, HEIGHT = 720, 470
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 16, 52
# Okabe and Ito's colours, which the colour-blind tell apart; each status has its own shape too.
GREEN, RED, GREY, BLUE, BLACK = "#009e73", "#d55e00", "#767676", "#0072b2", "#222222"


class Plot:
    """Linear axes over a rectangle, in a document that needs nothing else."""

    def __init__(self, title, x, y, x_range, y_range):
        self.x_range, self.y_range = x_range, y_range
        self.parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'font-family="sans-serif" font-size="12"><title>{html.escape(title)}</title>'
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
        ]
        for value in ticks(*x_range):
            at = self.x(value)
            self.line(value, y_range[0], value, y_range[1], "#e4e4e4")
            self.write(at, HEIGHT - BOTTOM + 18, f"{value:g}", "middle")
        for value in ticks(*y_range):
            self.line(x_range[0], value, x_range[1], value, "#e4e4e4")
            self.write(LEFT - 8, self.y(value) + 4, f"{value:g}", "end")
        self.write((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x, "middle")
        middle = (TOP + HEIGHT - BOTTOM) / 2
        self.parts.append(
            f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">'
            f"{html.escape(y)}</text>"
        )

    def x(self, value):
        low, high = self.x_range
        return LEFT + (value - low) / (high - low) * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        low, high = self.y_range
        return HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    def write(self, x, y, text, anchor="start", colour=BLACK):
        self.parts.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
            f"{html.escape(text)}</text>"
        )

    def line(self, x1, y1, x2, y2, colour, dash=""):
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.parts.append(
            f'<line x1="{self.x(x1):.1f}" y1="{self.y(y1):.1f}" x2="{self.x(x2):.1f}" '
            f'y2="{self.y(y2):.1f}" stroke="{colour}"{dashed}/>'
        )

    def mark(self, x, y, colour, shape, label=""):
        at_x, at_y = self.x(x), self.y(y)
        if shape == "cross":
            self.parts.append(
                f'<path d="M{at_x - 5:.1f} {at_y - 5:.1f}l10 10m0 -10l-10 10" stroke="{colour}" '
                f'stroke-width="2.5" fill="none"/>'
            )
        elif shape == "star":
            points = " ".join(
                f"{at_x + r * math.sin(i * math.pi / 5):.1f},{at_y - r * math.cos(i * math.pi / 5):.1f}"
                for i, r in enumerate([9, 4] * 5)
            )
            self.parts.append(f'<polygon points="{points}" fill="{colour}"/>')
        else:
            self.parts.append(f'<circle cx="{at_x:.1f}" cy="{at_y:.1f}" r="4.5" fill="{colour}"/>')
        if label:
            self.write(at_x + 7, at_y - 6, label)

    def svg(self):
        return "\n".join([*self.parts, "</svg>", ""])


def ticks(low, high):
    """Round values over a range, six to a dozen of them."""
    step = 10 ** math.floor(math.log10((high - low) / 5))
    for factor in (1, 2, 5, 10):
        if (high - low) / (step * factor) <= 11:
            step *= factor
            break
    first = math.ceil(low / step)
    return [round(i * step, 12) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def widened(values, share=0.06):
    low, high = min(values), max(values)
    margin = (high - low) * share
    return low - margin, high + margin


def stage_of(configuration, name):
    return next((stage for stage in configuration["stages"] if stage["name"] == name), None)


def quadrants(report, stage, label):
    """The study's Figure 2: change in energy against change in time of one stage, in percent."""
    points = []
    for each in report["configurations"]:
        found = stage_of(each, stage)
        if found is None or found["change"]["energy"] is None:
            continue
        change = found["change"]
        points.append((100 * change["seconds"], 100 * change["energy"], each))
    plot = Plot(
        f"Change in energy against change in time of {stage}",
        f"change in time of {stage}, %",
        "change in its energy, %",
        widened([x for x, _, _ in points]),
        widened([y for _, y, _ in points]),
    )
    plot.line(plot.x_range[0], 0, plot.x_range[1], 0, GREY)
    plot.line(0, plot.y_range[0], 0, plot.y_range[1], GREY)
    for x, y, each in points:
        colour = GREEN if x < 0 and y < 0 else RED if x > 0 and y > 0 else GREY
        shape = "cross" if each["status"] == "degenerate" else "dot"
        if each["name"] == report["baseline"]["name"]:
            colour, shape = BLUE, "star"
        plot.mark(x, y, BLACK if shape == "cross" else colour, shape, label(each["name"]))
    return plot.svg()


def bundles(report, label):
    """What each bundle saves against what its knobs alone promise, in percent."""
    rows = report["bundles"]
    values = [100 * row["predicted_saving"] for row in rows]
    values += [100 * row["observed_saving"]["value"] for row in rows]
    span = widened(values)
    plot = Plot(
        "Saving of each bundle against what its knobs alone promise",
        "saving that the knobs alone promise, stage by stage, %",
        "saving measured, %",
        span,
        span,
    )
    plot.line(span[0], span[0], span[1], span[1], GREY, "5 4")
    for row in rows:
        seen = row["observed_saving"]
        x = 100 * row["predicted_saving"]
        plot.line(x, 100 * seen["low"], x, 100 * seen["high"], RED)
        below = row["beyond"]["high"] < 0
        plot.mark(x, 100 * seen["value"], RED if below else GREY, "dot", label(row["configuration"]))
    return plot.svg()
