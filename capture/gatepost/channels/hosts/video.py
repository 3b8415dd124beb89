"""Where people watch."""

BRANDS = """
    peertube
"""
NAMES = """
    youtube yt vimeo twitch dailymotion peertube odysee rumble bilibili wistia loom niconico
"""
HOSTS = """
    youtube.com youtu.be youtube-nocookie.com com.google.android.youtube com.google.android.apps.youtube.creator
    com.google.android.apps.youtube.music com.google.android.youtube.tv vimeo.com com.vimeo.android.videoapp twitch.tv
    tv.twitch.android.app dailymotion.com dai.ly com.dailymotion.dailymotion rumble.com odysee.com lbry.tv bitchute.com
    brighteon.com nebula.tv nebula.app curiositystream.com wistia.com wistia.net loom.com vidyard.com brightcove.com
    jwplayer.com ted.com kick.com streamable.com veoh.com metacafe.com vevo.com netflix.com hulu.com disneyplus.com
    primevideo.com iqiyi.com youku.com tudou.com bilibili.com b23.tv v.qq.com tv.danmaku.bili ixigua.com nicovideo.jp
    nico.ms niconico.com abema.tv tv.naver.com afreecatv.com sooplive.co.kr rutube.ru vkvideo.ru arte.tv media.ccc.de
    ardmediathek.de framatube.org tilvids.com diode.zone makertube.net video.ploud.fr tube.tchncs.de crunchyroll.com
    viki.com trovo.live dlive.tv sepiasearch.org fb.watch
"""
