"""Shops, marketplaces and comparers of prices."""

BRANDS = """
    amazon ebay shopping.google shopping.yahoo market.yandex idealo zalando rakuten mercadolibre mercadolivre
    pricerunner kelkoo shopee lazada allegro etsy olx gumtree vinted
"""
NAMES = """
    amazon ebay etsy shopify walmart alibaba aliexpress googleshopping google-shopping google_shopping idealo
    mercadolibre rakuten shopzilla igshopping igshop
"""
HOSTS = """
    amzn.to amzn.eu a.co com.amazon.mshop.android.shopping com.amazon.mshop com.etsy.android com.ebay.mobile shopify.com
    myshopify.com shop.app walmart.com target.com bestbuy.com costco.com homedepot.com lowes.com wayfair.com
    overstock.com newegg.com zappos.com macys.com kroger.com alibaba.com aliexpress.com aliexpress.us 1688.com
    taobao.com tmall.com jd.com temu.com shein.com pinduoduo.com wish.com kakaku.com coupang.com gmarket.co.kr
    11st.co.kr flipkart.com myntra.com snapdeal.com indiamart.com tokopedia.com bukalapak.com otto.de kaufland.de
    mediamarkt.de saturn.de check24.de geizhals.de geizhals.at geizhals.eu billiger.de guenstiger.de preisvergleich.de
    preis.de kleinanzeigen.de digitec.ch galaxus.ch galaxus.de toppreise.ch ricardo.ch cdiscount.com fnac.com darty.com
    leboncoin.fr leguide.com rueducommerce.fr laredoute.fr manomano.fr bol.com coolblue.nl coolblue.be marktplaats.nl
    beslist.nl tweakers.net argos.co.uk johnlewis.com currys.co.uk pricespy.co.uk prisjakt.nu prisjakt.no hinta.fi
    trovaprezzi.it subito.it elcorteingles.es pccomponentes.com ceneo.pl skapiec.pl heureka.cz heureka.sk alza.cz
    emag.ro emag.hu ozon.ru wildberries.ru avito.ru shopzilla.com bizrate.com nextag.com pricegrabber.com shopping.com
    become.com thefind.com slickdeals.net mydealz.de dealabs.com hotukdeals.com craigslist.org depop.com poshmark.com
    stockx.com udemy.com gumroad.com lemonsqueezy.com appsumo.com copecart.com elopage.com ablefy.io amzn.com
    com.contextlogic.wish com.shopify.arrive yangkeduo.com com.einnovation.temu com.flipkart.android meesho.com
    skinflint.co.uk hood.de priceminister.com blocket.se comparis.ch trendyol.com hepsiburada.com n11.com noon.com
    souq.com shopping.naver.com mercari.com torg.mail.ru americanas.com.br magazineluiza.com.br buscape.com.br
    takealot.com jumia.com pronto.com
"""
