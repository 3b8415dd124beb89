"""AI assistants that answer and link to where they read it."""

BRANDS = ""
NAMES = """
    chatgpt chat-gpt openai perplexity claude anthropic gemini copilot deepseek mistral lechat le-chat grok poe phind
    kimi qwen meta-ai metaai notebooklm bard
"""
HOSTS = """
    chatgpt.com openai.com perplexity.ai pplx.ai claude.ai anthropic.com gemini.google.com bard.google.com
    aistudio.google.com notebooklm.google.com notebooklm.google copilot.microsoft.com m365.cloud.microsoft
    copilot.cloud.microsoft copilot.com edgeservices.bing.com sydney.bing.com mistral.ai deepseek.com grok.com x.ai
    meta.ai you.com poe.com phind.com character.ai c.ai pi.ai inflection.ai huggingface.co duck.ai consensus.app
    elicit.com scite.ai komo.ai andisearch.com iask.ai felo.ai genspark.ai monica.im chatglm.cn z.ai kimi.com
    moonshot.cn qwen.ai tongyi.com tongyi.aliyun.com doubao.com yuanbao.tencent.com hunyuan.tencent.com yiyan.baidu.com
    chat.baidu.com metaso.cn alice.yandex.ru giga.chat coral.cohere.com writesonic.com jasper.ai manus.im liner.com
    venice.ai t3.chat lumo.proton.me euria.infomaniak.com openrouter.ai nat.dev groq.com lmarena.ai chat.lmsys.org
    com.openai.chatgpt com.openai.chat ai.perplexity.app.android com.anthropic.claude ai.perplexity.app
    com.google.android.apps.bard com.microsoft.copilot com.deepseek.chat ai.x.grok ai.mistral.chat com.poe.android
    com.moonshot.kimichat com.larus.nova chat.com chat.bing.com grok.x.com chat.qwenlm.ai kimi.ai hailuoai.com
    chat.minimax.io exa.ai chatsonic.com sider.ai openevidence.com gigachat.ru com.quora.poe ai.character.app
"""
