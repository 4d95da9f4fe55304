"""Languages that a video can be translated to, and what is said in them. Always the same.

Nothing is truly translated here: every language has a few sentences of its own, said as often as
the source is long.
"""

# ruff: noqa: RUF001 - letters of other scripts are meant

from typing import Final

_SENTENCES: Final = {
    "English": (
        "This video was translated in the sandbox. The voice is new, and the picture is the same."
    ),
    "Spanish": (
        "Este vídeo se ha traducido en el entorno de pruebas. "
        "La voz es nueva y la imagen es la misma."
    ),
    "French": (
        "Cette vidéo a été traduite dans le bac à sable. "
        "La voix est nouvelle et l'image est la même."
    ),
    "German": (
        "Dieses Video wurde in der Testumgebung übersetzt. Die Stimme ist neu, das Bild dasselbe."
    ),
    "Italian": (
        "Questo video è stato tradotto nell'ambiente di prova. "
        "La voce è nuova e l'immagine è la stessa."
    ),
    "Portuguese": (
        "Este vídeo foi traduzido no ambiente de teste. A voz é nova e a imagem é a mesma."
    ),
    "Dutch": (
        "Deze video is vertaald in de testomgeving. De stem is nieuw en het beeld is hetzelfde."
    ),
    "Polish": (
        "Ten film został przetłumaczony w środowisku testowym. Głos jest nowy, a obraz ten sam."
    ),
    "Swedish": ("Den här videon har översatts i testmiljön. Rösten är ny och bilden är densamma."),
    "Norwegian": "Denne videoen er oversatt i testmiljøet. Stemmen er ny, og bildet er det samme.",
    "Danish": "Denne video er oversat i testmiljøet. Stemmen er ny, og billedet er det samme.",
    "Finnish": "Tämä video käännettiin testiympäristössä. Ääni on uusi, ja kuva on sama.",
    "Czech": ("Toto video bylo přeloženo v testovacím prostředí. Hlas je nový a obraz je stejný."),
    "Hungarian": "Ezt a videót a tesztkörnyezetben fordították le. A hang új, a kép ugyanaz.",
    "Romanian": (
        "Acest clip a fost tradus în mediul de testare. Vocea este nouă, imaginea este aceeași."
    ),
    "Turkish": "Bu video test ortamında çevrildi. Ses yeni, görüntü aynı.",
    "Greek": (
        "Αυτό το βίντεο μεταφράστηκε στο δοκιμαστικό περιβάλλον. "
        "Η φωνή είναι νέα και η εικόνα είναι η ίδια."
    ),
    "Russian": "Это видео переведено в тестовой среде. Голос новый, а изображение то же самое.",
    "Ukrainian": "Це відео перекладено в тестовому середовищі. Голос новий, а зображення те саме.",
    "Arabic": "تمت ترجمة هذا الفيديو في بيئة الاختبار. الصوت جديد والصورة هي نفسها.",
    "Hebrew": "הסרטון הזה תורגם בסביבת הבדיקה. הקול חדש והתמונה אותה תמונה.",
    "Hindi": "इस वीडियो का अनुवाद परीक्षण परिवेश में किया गया। आवाज़ नई है और चित्र वही है।",
    "Chinese": "这个视频在测试环境中翻译。声音是新的，画面是一样的。",
    "Japanese": "この動画はテスト環境で翻訳されました。声は新しく、映像は同じです。",
    "Korean": "이 동영상은 테스트 환경에서 번역되었습니다. 목소리는 새롭고 화면은 같습니다.",
    "Vietnamese": (
        "Video này được dịch trong môi trường thử nghiệm. Giọng nói mới, hình ảnh giữ nguyên."
    ),
    "Indonesian": (
        "Video ini diterjemahkan di lingkungan uji coba. Suaranya baru dan gambarnya sama."
    ),
}

LANGUAGES: Final = (
    "English",
    *("English (Australia)", "English (India)", "English (UK)", "English (US)"),
    *("Spanish", "Spanish (Argentina)", "Spanish (Mexico)", "Spanish (Spain)"),
    *("French", "French (Canada)", "French (France)"),
    *("German", "German (Austria)", "German (Germany)", "German (Switzerland)"),
    *("Italian", "Italian (Italy)"),
    *("Portuguese", "Portuguese (Brazil)", "Portuguese (Portugal)"),
    *("Dutch", "Polish", "Swedish", "Norwegian", "Danish", "Finnish", "Czech", "Hungarian"),
    *("Romanian", "Turkish", "Greek", "Russian", "Ukrainian", "Arabic", "Hebrew", "Hindi"),
    *("Chinese", "Chinese (Mandarin, Simplified)", "Chinese (Taiwanese Mandarin, Traditional)"),
    *("Japanese", "Japanese (Japan)", "Korean", "Korean (Korea)", "Vietnamese", "Indonesian"),
)
"""Names, as HeyGen lists them and takes them."""

TAGS: Final = {
    "en-US": "English (US)",
    "es-ES": "Spanish (Spain)",
    "es-MX": "Spanish (Mexico)",
    "fr-FR": "French (France)",
    "de-DE": "German (Germany)",
    "it-IT": "Italian (Italy)",
    "pt-BR": "Portuguese (Brazil)",
    "ja-JP": "Japanese (Japan)",
    "ko-KR": "Korean (Korea)",
    "zh-CN": "Chinese (Mandarin, Simplified)",
    "hi-IN": "Hindi",
    "ar-SA": "Arabic",
}
"""Names by the tags that v2 takes as well."""

_CHARACTERS_A_SECOND: Final = 14.0
_DENSE: Final = {"Chinese": 5.0, "Japanese": 7.0, "Korean": 7.0}


def sentences(language: str, seconds: float) -> str:
    """What is said in a language, about as long as a video; at least once.

    Args:
        language: One of ``LANGUAGES``; English, when it is none.
        seconds: Of the video.
    """
    plain = language.partition("(")[0].strip()
    text = _SENTENCES.get(plain, _SENTENCES["English"])
    once = len(text) / _DENSE.get(plain, _CHARACTERS_A_SECOND)
    return " ".join([text] * max(1, round(seconds / once)))
