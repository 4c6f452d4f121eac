"""What a keyboard, a clipboard, a scanner or a hostile file may hand over."""

from hypothesis import strategies as st

PERSIAN = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

ANY = st.text(st.characters())
"""Any characters at all: controls, lone surrogates, noncharacters."""

PERSIAN_LIKE = st.text(
    st.sampled_from(
        PERSIAN + "ءأإؤئٱةۀيىكـ" + "\u064b\u0651\u0653\u0654\u0670" + "\u200c\u200d\u200f\u202b\ufeff\u00a0 \t\n\r"
        "ﻋﻠﻲﺍﻻﷲﷺ﷼" + "\ufe70\ufc5e" + "0۰٠9۹٩" + "AZazİıß-.،«»/" + "\ud800"
    )
)
"""Everything that a fold has an opinion on, close together."""

TEXTS = ANY | PERSIAN_LIKE

HUGE = ["ا" * 1_000_000, "\u200c" * 1_000_000, " \u200c" * 500_000, "9" * 1_000_000, "ﷺ" * 100_000, "/-" * 500_000]
"""A megabyte of one thing; more than one pass over it would not end."""
