"""Text that has broken other people's books."""

from __future__ import annotations

from html import escape

HOSTILE = [
    "\"Double\", 'single' and \\back\\slash",
    '#panic("x") $x^2$ *bold* _it_ @ref <label> ~ `code` // /* #{ [ ] }',
    "Party 🎉 at 👩‍💻's, ✅ done",
    "עברית ואנגלית English mixed",
    "العربية",
    "日本語の題名",
    "x" * 255,
    "é" * 127,
    "\u202eoverridden",
    "nul\x00 bell\x07 del\x7f",
    "lone \ud800 surrogate",
    "line\u2028separator",
    "]]> <!-- & &amp; </p>",
    "---",
]
UNTIDY = """
<p>open <b>bold <i>both</b> italic</i>
<p><table><td>loose<td colspan=3 rowspan=9>wide<tr></table>
<em><div>block in inline</div></em> <blink>old</blink> <p><script>alert(1)</script>
<dl><dd>no term</dl><ul><ul><li>deeper</ul></ul><ol start=5><li></ol><svg><a>drawn</a></svg><math><mi>x</mi></math>
<input type=checkbox checked><x-card>unknown</x-card><!-- gone --><a href="javascript:alert(1)">js</a>
<a href="https://example.org/a b?q=ü#x y">spaces</a><a href="http://[bad">bad</a><a href="#gone">gone</a>
<a name="here" id="a b">here</a><p id="a b">twice</p><h5>deep</h5><h2>shallow</h2><img src="pictures/chart.png">
<sup id="fnref:9"><a class="footnote-ref" href="#fn:9">9</a></sup><iframe src="https://example.org"></iframe>
"""

# One of each thing that a text can hold.
MIXED = """
<h4>Deep first</h4><p>A note.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>
<ul><li>[ ] <img src="pictures/chart.png" alt=""></li><li>[ ]<ul><li>[x] inner</li></ul></li><li>plain</li></ul>
<table><caption>Words</caption><tr><th>A</th><th>B</th></tr><tr><td colspan="2">both</td></tr></table>
<blockquote><p>Quoted <a href="https://rules.example.net/">and linked</a>.</p></blockquote>
<p dir="rtl">עברית ואנגלית</p><dl><dt>Name</dt><dd>Meaning</dd></dl><pre>code</pre><hr>
<figure><img src="pictures/chart.png" alt="A chart"><figcaption>Its words</figcaption></figure>
<div class="footnote"><ol><li id="fn:1"><p>Small <a href="https://a.example.net">print</a>.</p></li></ol></div>
"""


def escaped(text: str) -> str:
    return escape(text)
