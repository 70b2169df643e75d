"""HTML as a person would type it."""

import pytest

from goodword.channels.adapters.email.mime.readable import readable
from goodword.channels.adapters.email.mime.tidying import tidied


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>Two<br/><br>Three", "One\nTwo\n\nThree"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One<div>Two</div>Three</div>", "One\nTwo\nThree"),
        ("  spaces \n  and\tlines  ", "spaces and lines"),
        ("It&nbsp;is 5&nbsp;&euro; &lt;net&gt;", "It is 5 € <net>"),
        ("<h1>Title</h1>Text", "Title\n\nText"),
        ("<ul><li>tea<li>pot</ul>", "- tea\n- pot"),
        ("<ol><li>tea</li><li>pot</li></ol>", "1. tea\n2. pot"),
        ("<ul><li>tea<ul><li>green</li></ul></li></ul>", "- tea\n  - green"),
        ("<table><tr><th>Item<th>Price<tr><td>Tea<td>3 €</table>", "Item  Price\nTea  3 €"),
        ("<blockquote>One<br>Two</blockquote>", "> One\n> Two"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("<style>p{}</style><script>x()</script><title>t</title>Text<!-- c -->", "Text"),
        ('<div style="display:none">Preheader &zwnj;&nbsp;</div>Text', "Text"),
        ('<p hidden>No</p><p style="DISPLAY: None !important">No</p><p>Yes</p>', "Yes"),
        ('<div style="display:none">All there is</div>', "All there is"),
        ("Preheader&#8203;&nbsp;&zwnj;&nbsp;&zwnj;&nbsp;", "Preheader"),
        ('<a href="https://shop.example/tea">our tea</a>', "our tea <https://shop.example/tea>"),
        ('<a href="https://shop.example/">shop.example</a>', "shop.example"),
        ('<a href="https://www.shop.example/tea">https://shop.example/tea</a>', "https://shop.example/tea"),
        ('<a href="mailto:dana@customers.example?subject=x">Dana</a>', "Dana <dana@customers.example>"),
        ('<a href="mailto:dana@customers.example">dana@customers.example</a>', "dana@customers.example"),
        ('<a href="#top">up</a> <a href="javascript:x()">run</a> <a>name</a>', "up run name"),
        ('<a href="https://shop.example/"><img src="x" alt="Our shop"></a>', "Our shop <https://shop.example/>"),
        ('Fine <img src="x" alt="😊"> <img src="x" alt="logo">', "Fine 😊"),
        ("unclosed <b>bold <p>and <i>more", "unclosed bold\n\nand more"),
        ("a < b and b > c", "a < b and b > c"),
        ("<p title='a > b'>Text</p>", "Text"),
        ("<![if !mso]>Text<![endif]><!--[if mso]>No<![endif]-->", "Text"),
        ("<!-- never ended <p>Text</p>", "never ended\n\nText"),
        ("<o:p>&nbsp;</o:p><p class=MsoNormal>Text<o:p></o:p></p>", "Text"),
        ("", ""),
    ],
)
def test_html_reads_like_a_letter(html: str, text: str):
    assert readable(tidied(html)) == text
