"""The colours of both themes by name, and which of them meet. No Qt here.

`accent` is focus, chosen, done and the one main button; `warn` is amber, for what needs a look; `danger` is red, for
what is wrong or not saved. `field` edges whatever one can write or tick in, `line` only decorates.
"""

LIGHT = {
    "canvas": "#F4F6F5",
    "panel": "#E6ECEA",
    "surface": "#FFFFFF",
    "surface2": "#F0F4F3",
    "line": "#DEE5E3",
    "field": "#84918D",
    "text": "#15211F",
    "text2": "#44524E",
    "text3": "#5F6D69",
    "accent": "#0B6B68",
    "accentHover": "#095A57",
    "accentPress": "#074846",
    "accentSoft": "#DDF0EE",
    "accentLine": "#93CAC6",
    "onAccent": "#FFFFFF",
    "warn": "#7A4A00",
    "warnSoft": "#FFF3DC",
    "warnLine": "#E5C27A",
    "warnSolid": "#B46B00",
    "danger": "#A3221B",
    "dangerSoft": "#FDECEA",
    "dangerLine": "#EBB1AC",
    "dangerPress": "#F8D5D1",
    "dangerSolid": "#B3261E",
    "paper": "#FFFEFB",
    "ink": "#161616",
    "key": "#FFFFFF",
    "keyLine": "#C9D2CF",
    "shadow": "#0F2A26",
    "deep": "#0B6B68",
    "deepFoot": "#074846",
    "onDeep": "#FFFFFF",
    "toast": "#15211F",
    "toastLine": "#15211F",
    "toastHover": "#2A3A37",
    "onToast": "#FFFFFF",
    "toastAccent": "#7FDDD6",
    "toastWarn": "#F3C76F",
}
DARK = {
    "canvas": "#111716",
    "panel": "#0B100F",
    "surface": "#1A2220",
    "surface2": "#232D2A",
    "line": "#2E3936",
    "field": "#74837F",
    "text": "#E9F0EE",
    "text2": "#B9C6C2",
    "text3": "#93A29D",
    "accent": "#54C8C1",
    "accentHover": "#6FD6CF",
    "accentPress": "#8CE0DA",
    "accentSoft": "#153835",
    "accentLine": "#2C6A66",
    "onAccent": "#05211F",
    "warn": "#F3C76F",
    "warnSoft": "#33280F",
    "warnLine": "#6B5420",
    "warnSolid": "#E0A93A",
    "danger": "#FF9F97",
    "dangerSoft": "#3B1C1A",
    "dangerLine": "#7A3833",
    "dangerPress": "#4A2320",
    "dangerSolid": "#F2766C",
    "paper": "#F4F2EC",
    "ink": "#161616",
    "key": "#26302E",
    "keyLine": "#45524E",
    "shadow": "#000000",
    "deep": "#123B38",
    "deepFoot": "#0A2220",
    "onDeep": "#E9F0EE",
    "toast": "#2B3633",
    "toastLine": "#45524E",
    "toastHover": "#38443F",
    "onToast": "#F4F8F7",
    "toastAccent": "#6FD6CF",
    "toastWarn": "#F3C76F",
}
"""The paper is the one thing that stays light: it shows what will be printed."""

TEXT_ON = {
    "canvas": ("text", "text2", "text3", "accent", "danger", "warn"),
    "panel": ("text", "text2", "text3", "warn", "danger", "accent"),
    "surface": ("text", "text2", "text3", "accent", "warn", "danger"),
    "surface2": ("text", "text2", "text3", "accent", "warn", "danger"),
    "line": ("text", "text2", "accent"),
    "accent": ("onAccent",),
    "accentHover": ("onAccent",),
    "accentPress": ("onAccent",),
    "accentSoft": ("text", "text2", "text3", "accent"),
    "warnSoft": ("text", "text2", "warn"),
    "dangerSoft": ("text", "text2", "danger"),
    "dangerPress": ("danger",),
    "key": ("text2",),
    "paper": ("ink",),
    "deep": ("onDeep",),
    "deepFoot": ("onDeep",),
    "toast": ("onToast", "toastAccent", "toastWarn"),
    "toastHover": ("toastAccent",),
}
"""Ground to the inks that stand on it as words or as icons with a meaning: at least 4.5 to 1."""
EDGE_ON = {
    "canvas": ("field", "accent", "dangerSolid", "warnSolid"),
    "surface": ("field", "accent", "dangerSolid", "warnSolid"),
    "panel": ("accent",),
    "surface2": ("accent",),
    "accentSoft": ("accent",),
    "warnSoft": ("accent", "warnSolid"),
    "dangerSoft": ("accent", "dangerSolid"),
    "toast": ("toastAccent",),
}
"""Ground to the edges on it that tell where one can write or tick, where the focus is, or what is wrong: 3 to 1."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written `#RRGGBB`, 1 to 21 (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
