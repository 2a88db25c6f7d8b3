"""A drawing for a dark page: the same SVG with every colour put as far from the dark ground as it was from the white one.

What comes in: an SVG drawn on white. What goes out: the SVG for a ground of `GROUND`. White, be it ground, rim or the inside of a
hollow mark, becomes the ground; any other colour keeps its hue and becomes so light that it stands out at least as much as before. So a
figure that can be read by light can be read in the dark, whatever its colours, and nobody keeps two palettes. The one difficulty: most
colours just reach their contrast on white, and glow on black looks thinner, so that strong colours get more than they had, and a light grey, which is a mark, as much as a mark needs.
"""

import re
from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

GROUND = "#14181d"  # of the dark page: `--pst-color-background` in _static/pakrus.css
_MOST = 14.0  # contrast of words that were black
_MORE = 1.4  # times as much contrast for what must be seen
_FAINT = 1.27  # contrast under which a pure grey is ground and no mark
_COLOUR = re.compile(r"(?<=[:\"'\s])#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?=[;\"'\s])")
_ROOT = re.compile(r"<svg\b")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours written as `#rrggbb`, from 1 to 21 (WCAG 2)."""
    light, dark = sorted((_luminance(_parts(one)), _luminance(_parts(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def colour(light: str) -> str:
    """Return what a colour on white is on the dark ground."""
    now = contrast(light, "#ffffff")
    if now < 1.01:
        return GROUND
    if _FAINT <= now < 3 and len(set(_parts(light))) == 1:
        wanted = 3 + (3 * _MORE - 3) * (now - _FAINT) / (3 - _FAINT)
    else:
        wanted = min(_MOST, now * (1 + (_MORE - 1) * min(1, (now - 1) / 2)))
    hue, _, saturation = rgb_to_hls(*_parts(light))
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        shade = _written(hls_to_rgb(hue, middle, saturation))
        low, high = (middle, high) if _luminance(_parts(shade)) < _lit(wanted) else (low, middle)
    return _written(hls_to_rgb(hue, high, saturation))


def drawing(svg: str) -> str:
    """Return an SVG for the dark page. What has no colour of its own was black."""
    changed = _COLOUR.sub(lambda found: colour(_long(found[1])), svg)
    return _ROOT.sub(f'<svg fill="{colour("#000000")}"', changed, count=1)


def _lit(ratio: float) -> float:
    """Return the luminance that has a contrast to the ground."""
    return ratio * (_luminance(_parts(GROUND)) + 0.05) - 0.05


def _long(digits: str) -> str:
    return f"#{digits if len(digits) == 6 else ''.join(2 * digit for digit in digits)}".lower()


def _parts(written: str) -> tuple[float, float, float]:
    red, green, blue = (int(written[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def _luminance(parts: tuple[float, float, float]) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
