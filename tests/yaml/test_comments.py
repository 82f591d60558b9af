"""Comments are found wherever they are, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from composecheck.source import decode
from tests.shared_material import corpus, requires_shared
from tests.yaml.reading import read

# In these texts, comments are those that say `own` or `end`, as they stand in their line.
TEXTS = [
    "# own\nk: v # end\n",
    "\n  # own\n\n#own\nk: v\n  # own",
    "k: http://x/#no\nl: a#no\nm: 'a # no' # end\nn: \"a # no\" # end\n",
    "k: 'it''s # no' # end\nl: \"\\\" # no\" # end\n",
    "k: 'a\n  # no\n  b' # end\nl: \"a\n  # no\" # end\n",
    "k: | # end\n  # no\n  a # no\n# own\nl: v\n",
    "k: |- # end\n  a\n # own\n  # own\nl: v\n",
    "k: >+2 # end\n   # no\n\n\n# own\nl: v\n",
    "k: | # end\nl: v # end\n",
    "k: |  # end\n\n\n# own\n",
    "k: &a # end\n  v\nl: !t # end\n  # own\n  v # end\n",
    "k: &a#no v # end\n",
    "k: &a # end\n  v",
    "k: &a v # end\nl: *a # end\nm: !!str &b # end\n",
    "k: !t # end\n  v\nl: ! # end\n",
    "%YAML 1.1 # end\n# own\n%TAG !e! tag:e.org,2000: # end\n--- # end\nk: !e!x v\n",
    "--- # end\n# own\nk: v\n... # end\n# own\n---\n# own\n",
    "--- | # end\n # no\n# own\n",
    "--- 'v' # end\n# own\n",
    "? # end\n  k # end\n# own\n: # end\n  # own\n  v # end\n",
    "[ # end\n  a, # end\n  # own\n  'b # no' # end\n  , c#no\n] # end\n",
    "{ # end\n a: b, # end\n ? c # end\n : d # end\n # own\n } # end",
    "k: # end\n  # own\n- a # end\n# own\n- # end\n  b\n-  # end\n",
    "k:#no: v\n",
    "k: a # end\r\n# own\r\nl: b # end\r# own\rm: c\n",
    "k: a # end\x85# own\x85l: b # end\u2028# own\u2029m: c",
    " # own\nk:\t# end\n  v\t# end\n",
    "k: a\n  # own\nl: \ud55c\uae00 # end\nm: \U0001f600 # end \U0001f600\n",
    "k: 'x' # end # no second\nl: v ## end\n",
    "# own '\"[{\nk: v # end '\n",
    "# own\n",
    "#own",
    "",
    "k: [a, b] # end\n",
    "k: [80:80, x?] # end\n# own\n",
    "...\n# own\nk: v # end\n",
    'k: a\\#no\nl: "\\\\" # end\n',
    "k: <<#no\n<<: {a: b} # end\n",
    "- - a # end\n  # own\n  - |\n    # no\n # own\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_comments_are_found(text: str) -> None:
    document = read(text)
    assert document.is_complete
    found = [(comment.text, comment.is_own_line) for comment in document.comments]
    assert all(("own" in text) == is_own_line for text, is_own_line in found)
    assert all(("end" in text) != is_own_line for text, is_own_line in found)
    says = sum(text.count(word) for word in ("own", "end"))
    assert len(found) == says
    for comment in document.comments:
        assert text[comment.span.start] == "#"
        assert text[comment.span.end : comment.span.end + 1] in ("", *"\r\n\x85\u2028\u2029")


def test_comments_come_in_the_order_of_the_text() -> None:
    comments = read("# a\nk: # b\n  - x # c\n# d\n---\n# e\n").comments
    assert [comment.text for comment in comments] == ["# a", "# b", "# c", "# d", "# e"]
    starts = [comment.span.start for comment in comments]
    assert starts == sorted(starts)


def test_what_could_not_be_read_is_not_searched() -> None:
    document = read("# a\nk: v # b\n---\n# c\nl: 'w # d\n")
    assert not document.is_complete
    assert [comment.text for comment in document.comments] == ["# a", "# b"][
        : len(document.comments)
    ]
    assert document.comments
    assert read("k: [ # a\n").comments == ()


@requires_shared
def test_every_line_that_begins_with_a_number_sign_is_a_comment_or_text() -> None:
    comments = 0
    for file in corpus():
        document = read(decode(file.text.encode(), file.id).text)
        if not document.is_complete or not document.roots:
            continue
        found = {comment.span.start: comment for comment in document.comments}
        comments += len(found)
        offset = 0
        text = document.text
        for line in text.split("\n"):
            start = offset + len(line) - len(line.lstrip(" "))
            # In these files, a line in column 0 is never within quotes or a block of text.
            if line.startswith("#"):
                assert start in found, (file.id, line)
                assert found[start].is_own_line
            offset += len(line) + 1
    assert comments > 20_000
