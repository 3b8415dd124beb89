"""Social networks, forums and messengers: where people pass links on to each other."""

BRANDS = """
    pinterest groups.google zen.yandex copainsdavant
"""
NAMES = """
    linkedin lnkd li facebook fb meta messenger instagram ig insta threads twitter x x.com tweet mastodon fediverse
    bluesky bsky xing reddit tiktok tik-tok pinterest whatsapp wa telegram signal slack discord teams msteams tumblr
    quora medium substack hackernews hacker-news hn vk vkontakte ok odnoklassniki weibo wechat weixin line kakaotalk
    snapchat lemmy pixelfed nextdoor stackoverflow viber tg lobsters producthunt meetup fb-messenger
"""
HOSTS = """
    linkedin.com linkedin.cn lnkd.in linkedin.at linkedin.de linkedin.android facebook.com fb.com fb.me facebook.net
    m.me messenger.com workplace.com facebookwkhpilnemxj7asaniu7vnjjbiltxjqhye3mhbshg7kx5tfyd.onion com.facebook.katana
    com.facebook.lite com.facebook.orca com.facebook.mlite com.facebook.pages.app instagram.com instagr.am ig.me
    com.instagram.android com.instagram.lite threads.net threads.com com.instagram.barcelona twitter.com x.com t.co
    com.twitter.android com.twitter.android.lite tweetdeck.com nitter.net bsky.app bsky.social xyz.blueskyweb.app
    deck.blue graysky.app skeets.app whtwnd.com frontpage.fyi xing.com xing.to com.xing.android reddit.com redd.it
    reddit.app.link com.reddit.frontpage com.laurencedawson.reddit_sync com.andrewshu.android.reddit tiktok.com
    com.zhiliaoapp.musically com.ss.android.ugc.trill com.tiktok.lite pin.it com.pinterest snapchat.com
    com.snapchat.android whatsapp.com wa.me com.whatsapp com.whatsapp.w4b t.me telegram.org telegram.me
    org.telegram.messenger org.telegram.messenger.web org.telegram.plus org.thunderdog.challegram signal.org
    org.thoughtcrime.securesms viber.com com.viber.voip line.me jp.naver.line.android kakao.com com.kakao.talk weibo.com
    weibo.cn t.cn com.sina.weibo weixin.qq.com wechat.com com.tencent.mm qzone.qq.com com.tencent.mobileqq
    xiaohongshu.com xhslink.com com.xingin.xhs zhihu.com com.zhihu.android douban.com tieba.baidu.com jianshu.com
    renren.com vk.com vk.ru vk.me com.vkontakte.android ok.ru odnoklassniki.ru ru.ok.android livejournal.com my.mail.ru
    slack.com slack-redir.net com.slack discord.com discordapp.com com.discord teams.microsoft.com teams.live.com
    teams.cdn.office.net com.microsoft.teams chat.google.com com.google.android.apps.dynamite element.io im.vector.app
    matrix.to mattermost.com com.mattermost.rn rocket.chat threema.ch ch.threema.app wire.com groups.io yammer.com
    viva.cloud.microsoft engage.cloud.microsoft zulip.com zulipchat.com skype.com com.skype.raider
    com.google.android.apps.messaging news.ycombinator.com hackernews.com lobste.rs tildes.net slashdot.org digg.com
    fark.com metafilter.com hckrnews.com hackerweb.app indiehackers.com producthunt.com growthhackers.com zest.is
    tumblr.com t.umblr.com com.tumblr quora.com com.quora.android medium.com com.medium.reader substack.com
    com.substack.app stackoverflow.com stackexchange.com superuser.com serverfault.com askubuntu.com dev.to hashnode.com
    hashnode.dev daily.dev discourse.group nextdoor.com nextdoor.de nebenan.de com.nextdoor meetup.com myspace.com
    flickr.com deviantart.com behance.net dribbble.com goodreads.com last.fm gab.com parler.com truthsocial.com mewe.com
    minds.com plurk.com mixi.jp ameblo.jp hatena.ne.jp note.com getpocket.com flipboard.com flipboard.app mix.com
    stumbleupon.com scoop.it delicious.com diigo.com pinboard.in raindrop.io are.na instapaper.com buffer.com
    hootsuite.com ow.ly dlvr.it linktr.ee lnk.bio bio.link beacons.ai carrd.co campsite.bio gutefrage.net
    wer-weiss-was.de viadeo.com viadeo.journaldunet.com skyrock.com copainsdavant.linternaute.com taringa.net menea.me
    meneame.net wykop.pl nk.pl draugiem.lv hyves.nl tagged.com badoo.com hi5.com mastodon.social mastodon.online
    joinmastodon.org fosstodon.org hachyderm.io infosec.exchange techhub.social chaos.social mas.to mstdn.social
    mstdn.jp mstdn.party mstdn.ca mstdn.plus tech.lgbt ioc.exchange defcon.social social.tchncs.de troet.cafe
    norden.social ruhr.social nrw.social det.social muenchen.social hessen.social dresden.network berlin.social
    social.anoxinon.de digitalcourage.social social.bund.de openbiblio.social bildung.social social.network.europa.eu
    social.coop social.lol social.linux.pizza front-end.social mamot.fr piaille.fr framapiaf.org toot.aquilenet.fr
    respublicae.eu eupolicy.social livellosegreto.it sociale.network poliversity.it tkz.one tooot.im pawoo.net
    fedibird.com nerdculture.de gruene.social universeodon.com mindly.social indieweb.social toot.community toot.io
    toot.cafe toot.wales aus.social kolektiva.social journa.host newsie.social sciences.social scholar.social
    fediscience.org mathstodon.xyz astrodon.social econtwitter.net genomic.social biologists.social hcommons.social
    datasci.social ohai.social me.dm masto.ai masto.nu masto.pt masto.nobigtech.es phpc.social ruby.social
    functional.cafe floss.social layer8.space c.im dice.camp wandering.shop zirk.us union.place climatejustice.social
    botsin.space oldbytes.space triangletoot.party sfba.social sueden.social bonn.social mstdn.science vivaldi.net
    wehavecookies.social masto.host misskey.io misskey.design calckey.social firefish.social blahaj.zone sharkey.world
    pixelfed.social pixelfed.de pixel.tchncs.de pixey.org lemmy.world lemmy.ml lemm.ee sh.itjust.works feddit.org
    feddit.de feddit.uk feddit.it feddit.dk feddit.nl beehaw.org programming.dev discuss.tchncs.de jlai.lu szmer.info
    kbin.social fedia.io kbin.earth friendica.eu opensocial.at diasp.org pluspora.com diasp.eu libranet.de friendi.ca
    micro.blog write.as writefreely.org hubzilla.org socialhome.network gotosocial.org bookwyrm.social
    org.joinmastodon.android com.keylesspalace.tusky app.fedilab.android fb.gg fbsbx.com com.facebook.work
    com.facebook.groups twitter.co xing.de redditmedia.com com.rubenmayayo.reddit me.ccrama.redditslide
    com.ss.android.ugc.aweme douyin.com kuaishou.com com.pinterest.twa skyview.social blacksky.community masto.nyc
    masto.es masto.bike mastodonapp.uk fediphilosophy.org sigmoid.social vis.social hci.social ecoevo.social webtoo.ls
    rubygems.social python.social cyberplace.social rheinneckar.social freiburg.social literatur.social eldritch.cafe
    pouet.chapril.org octodon.social todon.eu todon.nl theblower.au federate.social qoto.org noc.social mastodonten.de
    twit.social medium.social beige.party thecanadian.social disabled.social counter.social glammr.us hostux.social
    calckey.world mander.xyz pxlmo.com flipboard.social app.pachli org.moshidon.android elk.zone phanpy.social
    joindiaspora.com diasp.de pod.geraspora.de diaspora-fr.org despora.de nostr.band primal.net snort.social iris.to
    damus.io farcaster.xyz warpcast.com hn.algolia.com io.github.hidroh.materialistic disqus.com pocket.co buff.ly
    sprout.link taplink.cc vkontakte.ru max.ru weixin110.qq.com im.qq.com blog.naver.com cafe.naver.com band.us
    hatenablog.com zalo.me com.zing.zalo dcard.tw ptt.cc telegram.dog signal.me discord.gg teams.cloud.microsoft
    gettr.com vero.co flic.kr imgur.com 9gag.com ello.co foursquare.com swarmapp.com wer-kennt-wen.de studivz.net
    stayfriends.de spin.de jappy.de nasza-klasa.pl tuenti.com identi.ca kooapp.com bereal.com clubhouse.com circle.so
    skool.com
"""
