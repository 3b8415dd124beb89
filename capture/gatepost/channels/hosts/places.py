"""What the tables by kind cannot say: kinds of few hosts, exceptions from a brand, and first labels that tell."""

# By kind. "paid-search" are searches on other people's pages that show nothing but adverts; "referral" are hosts of a brand
# where a person put the link, so that nobody searched for it.
HOSTS = {
    "paid-search": """
        adsensecustomsearchads.com syndicatedsearch.goog
    """,
    "affiliate": """
        awin1.com awin.com shareasale.com shareasale-analytics.com anrdoezrs.net dpbolvw.net jdoqocy.com kqzyfj.com
        tkqlhce.com cj.com partnerize.com prf.hn impact.com pxf.io sjv.io linksynergy.com rakutenadvertising.com
        tradedoubler.com tradetracker.net skimresources.com viglink.com redirectingat.com webgains.com belboon.com
        adcell.de adcell.com financeads.net partnerstack.com clickbank.net admitad.com effiliation.com zenaps.com
        belboon.de digistore24.com daisycon.com
    """,
    "audio": """
        spotify.com com.spotify.music podcasts.apple.com music.apple.com podcasts.google.com soundcloud.com
        com.soundcloud.android pocketcasts.com pca.st overcast.fm castbox.fm podbean.com audible.com audible.de
        deezer.com tidal.com anchor.fm stitcher.com iheart.com tunein.com podimo.com fyyd.de antennapod.org
        de.danoeh.antennapod au.com.shiftyjelly.pocketcasts player.fm podcastaddict.com com.bambuna.podcastaddict
        rss.com transistor.fm
    """,
    "referral": """
        docs.google.com drive.google.com sites.google.com support.google.com developers.google.com cloud.google.com
        calendar.google.com classroom.google.com meet.google.com play.google.com accounts.google.com keep.google.com
        forms.google.com workspace.google.com myaccount.google.com firebase.google.com colab.research.google.com
        earth.google.com books.google.com scholar.google.com patents.google.com blog.google contacts.google.com
        analytics.google.com chiebukuro.yahoo.co.jp onedrive.live.com excel.cloud.microsoft word.cloud.microsoft
        learning.linkedin.com learn.microsoft.com baike.baidu.com pan.baidu.com aws.amazon.com developer.amazon.com
        press.aboutamazon.com kdp.amazon.com docs.openai.com platform.openai.com community.openai.com docs.anthropic.com
        docs.mistral.ai help.openai.com drive.proton.me docs.proton.me pass.proton.me kb.mailbox.org
        drive.infomaniak.com photos.google.com myactivity.google.com tagmanager.google.com ads.google.com
        business.google.com mail.ru calendar.proton.me account.proton.me webmasters.bing.com ads.linkedin.com
        developers.facebook.com business.facebook.com search.google.com
    """,
}
BRANDS = {
    "paid-search": "yabs.yandex",
    "referral": """
        translate.google finance.yahoo news.yahoo sports.yahoo answers.yahoo weather.yahoo groups.yahoo games.yahoo
        travel.yahoo lifestyle.yahoo login.yahoo news.yandex disk.yandex translate.yandex metrika.yandex
        webmaster.yandex tracker.yandex wiki.yandex
    """,
}
NAMES = {
    "affiliate": "awin digistore24 shareasale tradedoubler",
    "audio": "spotify soundcloud apple-podcasts overcast",
}
# The first label of a host with at least two: software that many run under their own names.
FIRST_OF_TWO = {
    "social": "mastodon mstdn pixelfed lemmy misskey friendica pleroma akkoma gotosocial diaspora bookwyrm",
    "video": "peertube",
    "search": "searx searxng",
}
# The first label of a host below somebody's own domain.
FIRST_OF_THREE = {
    "email": "mail email webmail webmailer owa roundcube rainloop snappymail squirrelmail horde zimbra poczta posta lightmailer lightmailer-bs lightmailer-bap mailbusiness messagerie",
    "search": "search suche isearch searchassist recherche buscar busca szukaj ricerca zoeken",
    "social": "social toot masto community forum forums",
    "video": "tube",
}
