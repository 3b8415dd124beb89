"""Mail programs in a browser or as an app, and the hosts that senders' links pass through."""

BRANDS = """
    mail.google mail.yahoo mail.yandex mail.aol mail.zoho mail.lycos gmx deref-gmx email.ionos mailbusiness.ionos
"""
NAMES = """
    gmail hotmail yahoo-mail yahoomail protonmail fastmail mailchimp mailerlite brevo sendinblue convertkit
    activecampaign hubspot_email hs_email klaviyo campaign_monitor campaignmonitor sendgrid rapidmail cleverreach
    listmonk buttondown beehiiv mautic getresponse postmark outlook hubspot-mail googlemail
"""
HOSTS = """
    inbox.google.com gmail.com googlemail.com com.google.android.gm com.google.android.gm.lite outlook.com
    outlook.live.com outlook.office.com outlook.office365.com outlook.cloud.microsoft mail.live.com hotmail.com
    com.microsoft.office.outlook com.yahoo.mobile.client.android.mail com.aol.mobile.aolapp proton.me protonmail.com
    ch.protonmail.android tuta.com tutanota.com de.tutao.tutanota fastmail.com fastmail.fm com.fastmail.app hey.com
    superhuman.com shortwave.com missiveapp.com frontapp.com sparkmailapp.com com.readdle.spark icloud.com e.mail.ru
    touch.mail.ru light.mail.ru ru.mail.mailapp mail.rambler.ru com.yandex.mail com.zoho.mail mail.qq.com exmail.qq.com
    com.tencent.androidqqmail mail.163.com mail.126.com mail.sina.com.cn mail.naver.com mail.daum.net email.seznam.cz
    poczta.onet.pl poczta.wp.pl poczta.o2.pl poczta.interia.pl mail.rediff.com web.de deref-web.de
    de.web.mobile.android.mail deref-mail.com de.gmx.mobile.android.mail mail.com mail.ionos.de deref-1und1-02.de
    deref-1und1.de mailbox.org posteo.de posteo.net email.t-online.de de.telekom.mail mail.vodafone.de email.freenet.de
    mail.infomaniak.com ksuite.infomaniak.com rich-v01.bluewin.ch rich-v02.bluewin.ch email.bluewin.ch
    upcmail.hispeed.ch mail.sunrise.ch mail.hostpoint.ch mail01.orange.fr mail02.orange.fr wmail.orange.fr
    messagerie.orange.fr messageriepro3.orange.fr mail.orange.fr zimbra.free.fr mail.sfr.fr messagerie.sfr.fr
    mail.laposte.net mail.libero.it mail.tiscali.it mail.virgilio.it webmail.tim.it mail.sapo.pt mail.uol.com.br
    mail.terra.com.br mail.telenet.be mail.ziggo.nl webmail.kpnmail.nl mail.bt.com mail.sky.com mail.btinternet.com
    mail.virginmedia.com mail.comcast.net connect.xfinity.com mail.cox.net currently.att.yahoo.com mail.twc.com
    mail.aruba.it mail.ovh.net mail.gandi.net mail.one.com mail.strato.de list-manage.com mailchi.mp
    campaign-archive.com campaign-archive1.com campaign-archive2.com rs6.net constantcontact.com createsend.com
    cmail19.com cmail20.com sendgrid.net sendibm1.com sendibm3.com sibforms.com brevo.com mailerlite.com mlsend.com
    convertkit.com kit.com ck.page convertkit-mail.com convertkit-mail2.com acemlna.com acemlnb.com activehosted.com
    klaviyomail.com klclick.com hubspotlinks.com hubspotemail.net beehiiv.com buttondown.com buttondown.email
    getrevue.co mailjet.com mjt.lu mailgun.org mandrillapp.com emailoctopus.com getresponse.com rapidmail.de
    emailsys1a.net emailsys2a.net cleverreach.com clrmail.com newsletter2go.com inxmail-commerce.com inxserver.com
    evalanche.com sc-networks.com optivo.net srv2.de agnitas.de mailingwork.de eu-mailings.com drip.com getdrip.com
    moosend.com benchmarkemail.com aweber.com tinyletter.com curated.co com.samsung.android.email.provider
    eu.faircode.email com.fsck.k9 net.thunderbird.android org.kman.aquamail me.bluemail.mail com.edison.android.mail
    com.syntomo.email safelinks.protection.office365.us urldefense.com urldefense.proofpoint.com linkprotect.cudasvc.com
    mimecast.com mimecastprotect.com url.emailprotection.link ymail.com icloud.com.cn com.basecamp.hey mailfence.com
    runbox.com startmail.com hushmail.com zohomail.com zohomail.eu com.superhuman.mail com.edison.mail com.my.mail
    com.android.email com.htc.android.mail com.lge.email com.huawei.email com.asus.email com.vivo.email com.oneplus.mail
    deref-1und1-01.de com.mail.mobile.android.mail freenetmail.de rich-v03.bluewin.ch lite.libero.it poczta.gazeta.pl
    com.seznam.email posta.libero.it ru.yandex.mail com.netease.mail com.nhn.android.mail rediffmail.com ckarchive.com
    sibautomation.com rapidmail.com
"""
