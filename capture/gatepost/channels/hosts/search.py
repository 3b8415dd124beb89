"""Search engines of the world, and the apps that search with them."""

BRANDS = """
    google yahoo aol yandex startsiden lycos altavista excite ask kvasir walla
"""
NAMES = """
    adwords baidu bing brave daum duckduckgo ecosia google googleads google-ads kagi mojeek naver qwant seznam sogou
    startpage yahoo yandex ya msn googlenews google-news ddg gbp gmb
"""
HOSTS = """
    bing.com msn.com live.com duckduckgo.com ddg.gg ecosia.org qwant.com startpage.com startpage.eu ixquick.com
    ixquick.eu search.brave.com kagi.com mojeek.com mojeek.co.uk swisscows.com swisscows.ch metager.org metager.de
    marginalia.nu marginalia-search.com stract.com presearch.com presearch.org yep.com neeva.com gibiru.com mwmbl.org
    wiby.me alexandria.org rightdao.com lilo.org ekoru.org oceanhero.today givewater.com gexsi.com lukol.com yippy.com
    infinitysearch.co discretesearch.com zapmeta.com googleusercontent.com ampproject.org baidu.com sogou.com so.com
    so.toutiao.com 360.cn haosou.com sm.cn shenma.com youdao.com soso.com naver.com daum.net zum.com search.goo.ne.jp
    cgi.search.biglobe.ne.jp search.nifty.com websearch.rakuten.co.jp ya.ru nova.rambler.ru nigma.ru go.mail.ru
    sputnik.ru gogo.ru aport.ru meta.ua seznam.cz najdi.si szukaj.onet.pl szukaj.wp.pl szukaj.interia.pl netsprint.pl
    neti.ee aolsearch.com webcrawler.com dogpile.com metacrawler.com info.com infospace.com alltheweb.com mamma.com
    hotbot.com gigablast.com entireweb.com exalead.com exalead.fr search-results.com mywebsearch.com myway.com
    babylon.com conduit.com avg.com dalesearch.com delta-search.com incredibar.com sweetim.com suche.t-online.de
    suche.web.de suche.gmx.net suche.freenet.de suche.1und1.de fireball.de unbubble.eu etools.ch search.ch voila.fr
    lemoteur.fr lemoteur.orange.fr arianna.libero.it ricerca.virgilio.it busca.uol.com.br busca.terra.com.br
    buscador.terra.es eniro.se eniro.no eniro.dk eniro.fi sesam.no jubii.dk ofir.dk hitta.se abcsok.no leit.is ilse.nl
    vinden.nl zoeken.nl startpagina.nl coccoc.com search.rediff.com 123khoj.com onkosh.com parseek.com petalsearch.com
    wolframalpha.com search.xfinity.com search.earthlink.net com.google.android.googlequicksearchbox com.android.chrome
    com.google.chrome com.duckduckgo.mobile.android com.microsoft.bing com.microsoft.emmx com.ecosia.android
    com.brave.browser com.yandex.browser ru.yandex.searchplugin com.yandex.searchapp com.nhn.android.search
    net.daum.android.daum com.baidu.searchbox com.yahoo.mobile.client.android.search org.mozilla.firefox
    com.qwant.liberty com.google.android.apps.searchlite com.google.android.apps.magazines googlesyndicatedsearch.com
    bing.net duck.com startpage.de hulbee.com givero.com quark.cn webalta.ru zapmeta.de suchen.ch search.com
    safesearch.avira.com safesearch.norton.com searchlock.com looksmart.com gigablast.org anzwers.com.au sensis.com.au
    guruji.com qmamu.com ecosia.com peekier.com boardreader.com alohafind.com karmasearch.org pogodak.hr openfind.com.tw
    parsijoo.ir zarebin.ir gerdoo.me abacho.de acoon.de base-search.net refseek.com
"""
