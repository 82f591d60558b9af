r"""How a text is spelled for the C parser, where it does not know what Compose knows.

A character that the parser would stumble over is replaced by another one, of Unicode's area for
private use, that the text does not have; in the values that come back, it is put right again. So no
offset changes. Only a blank, where one is inserted, moves what is behind it.

What is replaced without being asked for stands inside words, where no parser sees more in it than a
letter: in quotes, comments and blocks of text this changes nothing but the value, which is put
right. (`differences` lists the reasons.)
"""

from __future__ import annotations

from bisect import bisect_left

from msgspec import Struct, field

from composecheck.expressions import expression
from composecheck.yaml import limits
from composecheck.yaml.gaps import BLANKS

# The parser does not even complain: it reads `[?a]` as `[? a]`.
_WORD_FROM_QUESTION_MARK = expression(rf"\?(?<=[{BLANKS},\[{{]\?)(?=[^{BLANKS}])")


class Spelling(Struct, frozen=True):
    """A text as a parser gets it.

    `stand_ins` says what each stand-in in `text` stands for. `inserted` are the offsets in `text`
    of blanks that the file does not have, in order; `left_off` is how many of the file's first
    characters are not in `text`. `budget` is how many characters may be read again.
    """

    text: str
    stand_ins: dict[str, str] = field(default_factory=dict)
    inserted: tuple[int, ...] = ()
    left_off: int = 0
    is_respelled: bool = False
    budget: int = limits.FILE_SIZE

    @property
    def is_as_written(self) -> bool:
        """Whether values and offsets are those of the file."""
        return not (self.stand_ins or self.inserted or self.left_off)

    def offset(self, offset: int) -> int:
        """Return where in the file the character stands that is at `offset` in `text`."""
        return self.left_off + offset - bisect_left(self.inserted, offset)

    def value(self, value: str) -> str:
        """Return a value that came from `text`, as it came from the file."""
        for stand_in, character in self.stand_ins.items():
            value = value.replace(stand_in, character)
        return value


def spell(text: str) -> Spelling:
    """Return `text` as the parser gets it at first."""
    spelling = Spelling(text)
    if text.startswith("\ufeff"):
        # A second byte order mark: the parser does not count what it takes for one.
        spelling = Spelling(text[1:], left_off=1)
    is_misread = "\ufeff" in spelling.text or _WORD_FROM_QUESTION_MARK.search(text)
    if not is_misread:
        return spelling
    from composecheck.yaml.respelling import respell_words

    return respell_words(spelling)
