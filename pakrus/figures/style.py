"""The one style: colours and lines of the states, axes, labels at line ends, phase bands.

The palette is Okabe and Ito's, without those of its colours that do not reach 3:1 on white; every state also has a line style and
a marker of its own, so that no figure hangs on colour.
"""

from matplotlib import rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from pakrus import dates, phases
from pakrus.figures import narrow
from pakrus.figures.vector import halo

COLOURS = {"RUS": "#D55E00", "USA": "#0072B2", "CHN": "#A3467E", "IND": "#00805A", "PAK": "#1A1A1A"}
LINES = {"RUS": "-", "USA": (0, (6, 2)), "CHN": (0, (6, 2, 1, 2)), "IND": (0, (2, 1.5)), "PAK": "-"}
MARKERS = {"RUS": "o", "USA": "s", "CHN": "^", "IND": "D", "PAK": "v"}
NEUTRAL = "#6B6B6B"
WIDTH, HEIGHT = 6.5, 3.6

PARAMETERS = {
    "figure.figsize": (WIDTH, HEIGHT), "figure.facecolor": "white", "savefig.facecolor": "white", "axes.facecolor": "white",
    "font.family": ["DejaVu Sans"], "font.size": 9, "axes.titlesize": 9, "axes.labelsize": 9, "xtick.labelsize": 8.5, "ytick.labelsize": 8.5,
    "axes.spines.top": False, "axes.spines.right": False, "xtick.direction": "out", "ytick.direction": "out",
    "axes.edgecolor": "#444444", "axes.labelcolor": "#222222", "xtick.color": "#333333", "ytick.color": "#333333", "text.color": "#1A1A1A",
    "axes.grid": False, "lines.linewidth": 1.6, "svg.fonttype": "none", "svg.hashsalt": "pakrus", "figure.dpi": 100, "savefig.dpi": 100,
    "legend.frameon": False, "axes.formatter.useoffset": False, "figure.constrained_layout.use": True,
}  # fmt: skip


rcParams.update(PARAMETERS)  # importing the figures sets the book's style


def new(
    height: float = HEIGHT,
    rows: int = 1,
    columns: int = 1,
    phone: float | None = None,
    phone_columns: int = 1,
    squeeze: bool = True,
    **options,
):
    """Return figure and axes in the book's style, 6.5 inches wide. No pyplot: it takes longer to load than a figure to draw.

    For a phone panels stand in `phone_columns` below each other, `phone` inches high in all; what is returned has the same shape.
    """
    if not narrow.active():
        figure = FigureCanvasAgg(Figure(figsize=(WIDTH, height))).figure
        return figure, figure.subplots(rows, columns, squeeze=squeeze, **options)
    lines = rows * columns // phone_columns
    options.pop("width_ratios", None)
    figure = FigureCanvasAgg(
        Figure(figsize=(narrow.WIDTH, phone or (height if columns == 1 else 0.4 + 2.0 * lines)))
    ).figure
    grid = figure.subplots(lines, phone_columns, squeeze=False, **options).reshape(rows, columns)
    return figure, grid.squeeze() if squeeze and rows * columns > 1 else grid[0, 0] if squeeze else grid


def heading(axes, level: float, words: str) -> None:
    """Write what heads a group of rows, beside the axes where the names of the rows are."""
    axes.text(-0.012, level, words, transform=axes.get_yaxis_transform(), ha="right", va="center", fontsize=8.5, fontweight="bold", gid=narrow.HEADING)  # fmt: skip


def legend(figure, handles: list, columns: int, side: str = "lower"):
    """Put a legend below or, with "upper", above everything, in as many columns or, on a phone, as fit."""

    def made(number: int):
        return figure.legend(handles=handles, loc=f"outside {side} center", ncols=number, fontsize=narrow.LETTERS if narrow.active() else 8, handlelength=1.6, columnspacing=1.4)  # fmt: skip

    return narrow.fit_legend(figure, made(columns), made) if narrow.active() else made(columns)


def end_labels(axes, labels: list[tuple[float, float, str, str]], gap: float = 0.055) -> None:
    """Write labels at line ends, pushed apart so that none covers another; on a phone in short lines.

    `labels` holds (x, y, text, colour); `gap` is the least distance as a share of the height of the axes.
    """
    low, high = axes.get_ylim()
    if narrow.active():
        labels = [(x, y, narrow.wrapped(text, 10), colour) for x, y, text, colour in labels]
    labels = sorted(labels, key=lambda item: item[1])
    lines = [narrow.height_of(axes, text) if narrow.active() else gap for _, _, text, _ in labels]
    places: list[float] = []
    for number, (_, y, _, _) in enumerate(labels):
        least = places[-1] + (high - low) * (lines[number - 1] + lines[number]) / 2 if places else y
        places.append(max(y, least))
    for (x, _, text, colour), position in zip(labels, places, strict=True):
        halo(
            axes.annotate(
                text,
                (x, position),
                xytext=(5, 0),
                textcoords="offset points",
                va="center",
                color=colour,
                fontsize=8.5,
                linespacing=1.0,
                annotation_clip=False,
            )
        )


def phase_bands(axes, first: float, last: float, labels: bool = True) -> None:
    """Shade every second phase between two years and name the phases along the top."""
    for row in phases.phases().itertuples():
        start = dates.decimal(row.first_day)
        end = dates.decimal(row.last_day) if isinstance(row.last_day, str) else last + 1
        left, right = max(start, first - 0.5), min(end, last + 0.7)
        if right <= left:
            continue
        if row.number % 2:
            axes.axvspan(left, right, color="#EEF1F4", zorder=0, lw=0)
        if labels and right - left > (last - first) * 0.08:
            middle = (left + right) / 2
            axes.annotate(row.title, (middle, 1), xycoords=("data", "axes fraction"), xytext=(0, 3 + narrow.lift(axes, middle, last - first)), textcoords="offset points",
                          ha="center", va="bottom", fontsize=8, color="#555555", gid=narrow.ABOVE)  # fmt: skip


def year_axis(axes, first: int, last: int) -> None:
    """Set the year axis from first to last with round ticks."""
    span = last - first
    ends = (60, 24, 12) if narrow.active() else (999, 40, 18)
    step = 20 if span > ends[0] else 10 if span > ends[1] else 5 if span > ends[2] else 2
    axes.set_xlim(first - 0.5, last + 0.5)
    axes.set_xticks([year for year in range(first, last + 1) if year % step == 0])
    axes.tick_params(axis="x", length=3)


def share_bands(rows, counted: str, of: str, words: str):
    """Draw shares with their intervals as dots, a band a grouping, and return figure and axes (in per cent).

    `rows` has `grouping`, `group`, `share`, `low`, `high` (0-1) and two columns of counts, `counted` and `of`; `words` name the axis.
    """
    figure, axes = new(height=0.9 + 0.2 * (len(rows) + rows["grouping"].nunique()))
    ticks, labels, level = [], [], 0
    for name, part in rows.groupby("grouping", sort=False):
        heading(axes, level, name)
        level += 1
        for row in part.to_dict("records"):
            axes.plot([100 * row["low"], 100 * row["high"]], [level, level], color=COLOURS["USA"], lw=1.2)
            axes.plot(100 * row["share"], level, marker="o", color=COLOURS["USA"], ms=4.5)
            ticks.append(level)
            labels.append(f"{row['group']} ({row[counted]} of {row[of]})")
            level += 1
    axes.set_yticks(ticks, labels)
    axes.set_ylim(level - 0.4, -0.6)
    axes.set_xlim(-2, 102)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(words)
    return figure, axes
