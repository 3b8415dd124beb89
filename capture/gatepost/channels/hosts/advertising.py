"""Hosts that adverts on other people's pages are served from."""

BRANDS = """
    an.yandex
"""
NAMES = """
    gdn dv360 taboola outbrain criteo
"""
HOSTS = """
    doubleclick.net googlesyndication.com googleadservices.com 2mdn.net adservice.google.com taboola.com outbrain.com
    criteo.com criteo.net adroll.com adnxs.com rubiconproject.com pubmatic.com openx.net smartadserver.com teads.tv
    plista.com adform.net adsrvr.org amazon-adsystem.com media.net revcontent.com mgid.com zergnet.com ligatus.com
    bidswitch.net casalemedia.com sharethrough.com yieldmo.com ads-twitter.com carbonads.net buysellads.com
    ethicalads.io adskeeper.com
"""
