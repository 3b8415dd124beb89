"""Small exports as the three systems write them, with what is awkward in real ones."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from PIL import Image

CLASSIC = """First paragraph with <strong>weight</strong>
and a second line.

[caption id="attachment_5" align="alignleft" width="300"]<img class="size-medium" src="https://old.example/wp-content/uploads/2024/03/boat-300x200.jpg" alt="A boat" width="300" height="200" /> On the lake[/caption]

<!--more-->

See <a href="https://old.example/2024/03/07/second-post/#part">the second one</a>, <a href="https://www.old.example/?p=12">the page</a>,
<a href="https://old.example/2020/lost/">a lost one</a> and <a href="https://elsewhere.example/x">elsewhere</a>.

<pre>line one

line  three &lt;b&gt;</pre>

[gallery ids="5,6"]

[contact-form-7 id="3" title="Contact"]

<script>alert(1)</script>
<iframe src="https://www.youtube.com/embed/abc123"></iframe>"""
BLOCKS = """<!-- wp:paragraph {"align":"center"} -->
<p class="has-text-align-center">Of *stars* &amp; _lines_ in C:\\new.</p>
<!-- /wp:paragraph -->

<!-- wp:heading -->
<h2 class="wp-block-heading" id="part">A part</h2>
<!-- /wp:heading -->

<!-- wp:table -->
<figure class="wp-block-table"><table><thead><tr><th>channel</th><th style="text-align:right">leads</th></tr></thead><tbody><tr><td>search</td><td style="text-align:right">12</td></tr></tbody></table><figcaption>Of one year</figcaption></figure>
<!-- /wp:table -->

<!-- wp:code -->
<pre class="wp-block-code"><code lang="python" class="language-python">if a &lt; b:
    print("*")</code></pre>
<!-- /wp:code -->

<!-- wp:latest-posts {"postsToShow":3} /-->
"""


def _item(number: int, title: str, text: str, **more: str) -> str:
    told = {
        "type": "post",
        "status": "publish",
        "name": f"post-{number}",
        "date": "2024-03-05 18:30:00",
        "gmt": "2024-03-05 17:30:00",
        "extra": "",
        "link": "",
    } | more
    link = told["link"] or f"https://old.example/2024/03/05/{told['name']}/"
    return f"""<item><title><![CDATA[{title}]]></title><link>{link}</link><dc:creator><![CDATA[ada]]></dc:creator>
<guid isPermaLink="false">https://old.example/?p={number}</guid>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[{told["date"]}]]></wp:post_date><wp:post_date_gmt><![CDATA[{told["gmt"]}]]></wp:post_date_gmt>
<wp:post_modified><![CDATA[2024-04-01 10:00:00]]></wp:post_modified><wp:post_modified_gmt><![CDATA[2024-04-01 08:00:00]]></wp:post_modified_gmt>
<wp:post_name><![CDATA[{told["name"]}]]></wp:post_name><wp:status><![CDATA[{told["status"]}]]></wp:status><wp:post_type><![CDATA[{told["type"]}]]></wp:post_type>
{told["extra"]}</item>"""


def _picture(number: int, name: str, alt: str) -> str:
    address = (
        f"<wp:attachment_url><![CDATA[https://old.example/wp-content/uploads/2024/03/{name}]]></wp:attachment_url>"
    )
    meta = f"<wp:postmeta><wp:meta_key><![CDATA[_wp_attachment_image_alt]]></wp:meta_key><wp:meta_value><![CDATA[{alt}]]></wp:meta_value></wp:postmeta>"
    return _item(number, name, "", type="attachment", status="inherit", extra=address + meta)


TERMS = """<category domain="category" nicename="gardens"><![CDATA[Gardens & ponds]]></category>
<category domain="post_tag" nicename="boats"><![CDATA[boats, small]]></category>
<wp:postmeta><wp:meta_key><![CDATA[_thumbnail_id]]></wp:meta_key><wp:meta_value><![CDATA[5]]></wp:meta_value></wp:postmeta>"""


def wordpress(folder: Path) -> Path:
    """export.xml, and wp-content/uploads beside it."""
    items = [
        _picture(5, "boat.jpg", "A boat on the lake"),
        _picture(6, "gone.jpg", "Nowhere"),
        _item(10, "Boats &amp; <em>lakes</em>: a start", CLASSIC, extra=TERMS),
        _item(11, "Second", BLOCKS, name="second-post", date="2024-03-07 09:00:00", gmt="2024-03-07 08:00:00", link="https://old.example/2024/03/07/second-post/"),
        _item(12, "Über uns", "Wir.", type="page", name="%c3%bcber-uns", link="https://old.example/ueber-uns/"),
        _item(13, "Not yet", "Soon.", status="draft", name="", link="https://old.example/?p=13"),
        _item(14, "Secret", "PASSWORDED words.", extra="<wp:post_password><![CDATA[x]]></wp:post_password>"),
        _item(15, "Private", "PRIVATE words.", status="private"),
        _item(16, "Bin", "BINNED words.", status="trash"),
        _item(17, "Product", "A thing.", type="product"),
        _item(18, "Second again", "Twin.", name="second-post", link="https://old.example/2025/01/01/second-post/"),
        _item(19, "Climb", "Up.", name="../../../etc/passwd", link="https://old.example/climb/"),
    ]  # fmt: skip
    path = folder / "export.xml"
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="e" xmlns:content="c" xmlns:dc="d" xmlns:wp="w"><channel><title>Old</title><link>https://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
<wp:author><wp:author_login><![CDATA[ada]]></wp:author_login><wp:author_display_name><![CDATA[Ada Example]]></wp:author_display_name></wp:author>
{"".join(items)}</channel></rss>""",
        "utf-8",
    )
    photo(folder / "wp-content/uploads/2024/03/boat.jpg")
    photo(folder / "wp-content/uploads/2024/03/boat-300x200.jpg", 30)
    return path


MOBILEDOC = {
    "version": "0.3.1", "markups": [["em"], ["a", ["href", "https://elsewhere.example/e"]]], "atoms": [["soft-return", "", {}]],
    "cards": [["code", {"code": "x = 1", "language": "python"}], ["image", {"src": "__GHOST_URL__/content/images/2024/05/boat.jpg", "alt": "Afloat"}]],
    "sections": [
        [1, "h2", [[0, [], 0, "An elder part"]]],
        [1, "p", [[0, [], 0, "From "], [0, [0], 0, "the old "], [0, [1], 2, "editor"], [1, [], 0, 0], [0, [], 0, " <b>"]]],
        [3, "ul", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]], [10, 0], [10, 1],
    ],
}  # fmt: skip


def ghost(folder: Path) -> Path:
    """export.json, and content/images beside it."""

    def post(number: str, slug: str, html: str, **more: object) -> dict[str, object]:
        return {
            "id": number, "title": f"About {slug}", "slug": slug, "html": html, "status": "published", "visibility": "public", "type": "post",
            "published_at": "2024-05-01T10:00:00.000Z", "updated_at": "2024-05-02T10:00:00.000Z", "feature_image": None, "custom_excerpt": None, **more,
        }  # fmt: skip

    card = """<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container" href="https://elsewhere.example/b"><div class="kg-bookmark-content">
<div class="kg-bookmark-title">A book mark</div><div class="kg-bookmark-description">Words.</div></div></a></figure>"""
    first = f"""<p>Open words, and <a href="__GHOST_URL__/walled/">another</a>.</p><img src="__GHOST_URL__/content/images/2024/05/boat.jpg" class="kg-image" alt="A boat" loading="lazy" srcset="x 1x"><img src="__GHOST_URL__/content/images/2024/05/gone.jpg" alt="Gone">
{card}<div class="kg-card kg-callout-card"><div class="kg-callout-emoji">!</div><div class="kg-callout-text">Mind the <a href="https://elsewhere.example/g">gap</a></div></div>
<details><summary>More</summary><p>Inside</p></details><blockquote><p>Said.</p></blockquote>"""
    words = {"type": "paragraph", "children": [{"type": "text", "text": "From the editor", "format": 1}]}
    lexical = json.dumps({"root": {"children": [words]}})
    mobiledoc = json.dumps(MOBILEDOC)
    posts = [
        post("a1", "first", first, feature_image="__GHOST_URL__/content/images/2024/05/boat.jpg", custom_excerpt="What it says: *much*"),
        post("a2", "walled", "<p>Open teaser.</p><!--members-only--><p>MEMBERSONLY words.</p>", visibility="paid"),
        post("a3", "paid", "<p>PAIDONLY words.</p>", visibility="members"),
        post("a4", "unseen", "", status="draft", lexical=lexical, published_at=None, html_=None),
        post("a6", "elder", "", status="draft", mobiledoc=mobiledoc, published_at=None),
        post("a5", "about", "<p>We.</p>", type="page"),
    ]  # fmt: skip
    data = {
        "posts": posts, "tags": [{"id": "t1", "name": "News", "visibility": "public"}, {"id": "t2", "name": "#inner", "visibility": "internal"}],
        "posts_tags": [{"post_id": "a1", "tag_id": "t2", "sort_order": 0}, {"post_id": "a1", "tag_id": "t1", "sort_order": 1}],
        "users": [{"id": "u1", "name": "Ada Example"}], "posts_authors": [{"post_id": "a1", "author_id": "u1"}],
        "posts_meta": [{"post_id": "a1", "feature_image_alt": "A boat at noon"}],
        "settings": [{"key": "url", "value": "https://ghost.example"}, {"key": "timezone", "value": "Europe/Berlin"}], "members": [{"id": "m"}],
    }  # fmt: skip
    path = folder / "export.json"
    path.write_text(json.dumps({"db": [{"meta": {"version": "6.0"}, "data": data}]}), "utf-8")
    photo(folder / "content/images/2024/05/boat.jpg")
    return path


def medium(folder: Path) -> Path:
    """The zip with a folder of posts."""

    def page(title: str, body: str, address: str, day: str = "2024-06-01T08:00:00.000Z") -> str:
        foot = (
            f'<footer><p>By <a class="p-author h-card" href="https://medium.com/@ada">Ada Example</a> on <a href="{address}"><time class="dt-published" datetime="{day}">then</time></a>.</p><p><a href="{address}" class="p-canonical">Canonical link</a></p></footer>'
            if address
            else ""
        )
        return f"""<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry"><header><h1 class="p-name">{title}</h1></header>
<section data-field="subtitle" class="p-summary">A summary</section><section data-field="body" class="e-content"><section class="section"><div class="section-divider"><hr></div>
<div class="section-content"><div class="section-inner"><h3 class="graf graf--h3 graf--title">{title}</h3>{body}</div></div></section></section>{foot}</article></body></html>"""

    body = """<p class="graf graf--p">Words with <em class="markup--em">weight</em> and <a href="https://medium.com/@ada/other-words-0123456789ab">others</a>.</p>
<figure class="graf graf--figure"><img class="graf-image" src="https://cdn-images-1.medium.com/max/800/1*abc.jpeg"><figcaption>Seen</figcaption></figure><h4 class="graf--h4">Smaller</h4><pre class="graf graf--pre">x = 1<br>y = 2</pre>"""
    path = folder / "medium-export.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "posts/2024-06-01_Some-words-abcdef012345.html",
            page("Some words", body, "https://medium.com/@ada/some-words-abcdef012345"),
        )
        file.writestr(
            "posts/2024-06-02_Other-words-0123456789ab.html",
            page("Other words", "<p>Others.</p>", "https://medium.com/@ada/other-words-0123456789ab"),
        )
        file.writestr("posts/draft_Unsaid-fedcba987654.html", page("Unsaid", "<p>Not yet.</p>", ""))
        file.writestr("profile/profile.html", "<html></html>")
    return path


def photo(path: Path, side: int = 60) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (side, side * 2 // 3), (30, 90, 60)).save(path)
