"""Chinese numerals: what a written figure says, exactly.

`parse_numeral` reads a string that is one numeral; `find_numerals` finds the numerals of a text. Both
know Arabic digits (half and full width, thousands separators, decimals), small and formal Chinese digits
in both scripts, mixed writing (1亿2000万, 3万五), colloquial shortening (三万五), positional digits
(二〇二一) and the approximate ones (十几, 三五百, 数千, 100余, 半). Values are exact.
"""

from pipeline.numerals._scan import NumeralFigure, find_numerals, parse_numeral, scan_figures
from pipeline.numerals._value import Numeral

__all__ = ["Numeral", "NumeralFigure", "find_numerals", "parse_numeral", "scan_figures"]
