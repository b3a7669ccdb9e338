"""What people type is made comparable, whatever script, keyboard or phone it comes from, and nothing breaks on it."""

import unicodedata

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from bot.folding import fold
from bot.redact import redact
from bot.text import LONGEST, graphemes, is_picture, is_unspaced, sendable, words

SCRIPTS = "aZß'ñéıİđ’ʼ أإةىیکـًٌٍ ٣۴ हिन्दीज़ 痘坑疤にキﾆﾞ흉터 แผลเป็น Ωςѣ 👩🏽‍⚕️❤️🇲🇽 \u200b\u200d\u200f\u00ad\ufe0f ½①ﬁﷺ @.,:+5"
MARKS = "e" + "\u0301" * 10_000
SURROGATES = "\ud83d scar \udc69"
# Lone surrogates come with `characters`; the sampled letters are those that our rules speak of.
ANY_TEXT = st.text(st.one_of(st.characters(), st.sampled_from(SCRIPTS)), max_size=80)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        pytest.param("hola\x00\x1b[31m", "hola[31m", id="control characters go"),
        pytest.param("scar \ud83d\ufffe\uffff", "scar ", id="what is no character goes"),
        pytest.param("e\u0301", "é", id="letters are composed"),
        pytest.param("一\n\t二\r", "一\n\t二\r", id="line ends stay"),
        pytest.param("👩🏽‍⚕️ ندبة \u200fहिन्दी", "👩🏽‍⚕️ ندبة \u200fहिन्दी", id="emoji and joiners stay"),
    ],
)
def test_what_is_sent_holds_only_what_xml_can_carry(typed: str, sent: str) -> None:
    assert sendable(typed) == sent


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("STOP", "stop", id="capitals"),
        pytest.param("ＳＴＯＰ", "stop", id="full width"),
        pytest.param("ﾆｷﾋﾞ", "ニキビ", id="half width"),
        pytest.param("CICATRÍZ", "cicatriz", id="accents"),
        pytest.param("cicatri\u0301z", "cicatríz", id="accents typed apart"),
        pytest.param("heyyyy", "heyy", id="repeated letters"),
        pytest.param("İSTANBUL", "istanbul", id="Turkish capital i"),
        pytest.param("kadın", "kadin", id="Turkish dotless i"),
        pytest.param("ニキビ", "にきび", id="Japanese syllables"),
        pytest.param("œuvre", "oeuvre", id="French ligature"),
        pytest.param("WEIẞ", "weiss", id="German sharp s"),
        pytest.param("don’t", "don't", id="curly apostrophe"),
        pytest.param("إزالة", "ازالة", id="Arabic alif with hamza"),
        pytest.param("ندوبـــ", "ندوب", id="Arabic lengthening"),
        pytest.param("نُدُوبٌ", "ندوب", id="Arabic vowel signs"),
        pytest.param("ندبة", "ندبه", id="Arabic final t and h"),
        pytest.param("علی", "علي", id="Persian and Arabic y"),
        pytest.param("کتاب", "كتاب", id="Persian and Arabic k"),
        pytest.param("\u202bندبة\u202c", "ندبة", id="direction marks"),
        pytest.param("ज़ख्म", "जख्म", id="Hindi nukta"),
        pytest.param("कहाँ", "कहां", id="Hindi nasal signs"),
        pytest.param("ПЕРЁД", "перед", id="Russian yo"),
        pytest.param("٣", "3", id="Arabic digit"),
        pytest.param("۳", "3", id="Persian digit"),
        pytest.param("३", "3", id="Hindi digit"),
        pytest.param("๓", "3", id="Thai digit"),
        pytest.param("３", "3", id="full-width digit"),
        pytest.param("sc\u00ada\u200br", "scar", id="soft hyphen and unseen space"),
        pytest.param("❤️", "❤", id="variation selector"),
        pytest.param("hủy", "huỷ", id="Vietnamese tone on either vowel"),
    ],
)
def test_two_ways_of_typing_fold_into_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("caro", "carro", id="doubled letters"),
        pytest.param("mặt", "mắt", id="Vietnamese accents"),
        pytest.param("दाग", "दग", id="Hindi vowel sign"),
        pytest.param("कि", "की", id="two Hindi vowel signs"),
        pytest.param("แผล", "แผ่ล", id="Thai tone"),
        pytest.param("痘", "疤", id="Chinese"),
        pytest.param("ندوب", "نوب", id="Arabic letter"),
        pytest.param("100", "10", id="repeated digits are another number"),
        pytest.param("👍", "👎", id="emoji"),
    ],
)
def test_what_readers_tell_apart_stays_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_only_the_first_part_of_an_endless_text_is_read() -> None:
    assert words("疤" + "a " * LONGEST + "scar")[-1] != "scar"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("J'ai des BOUTONS", ["j", "ai", "des", "boutons"], id="French elision"),
        pytest.param("don't I've it’s we'll", ["dont", "ive", "its", "well"], id="English contractions"),
        pytest.param("don´t I`ve it´s", ["dont", "ive", "its"], id="accents typed for apostrophes"),
        pytest.param("j´ai l`acné", ["j", "ai", "l", "acne"], id="accents typed for French elision"),
        pytest.param("rock'n'roll", ["rock", "n", "roll"], id="apostrophes on both sides"),
        pytest.param("'scar' x'", ["scar", "x"], id="quotation marks"),
        pytest.param("ice-pick, box.car/50%", ["ice", "pick", "box", "car", "50"], id="punctuation"),
        pytest.param("痘坑laser疤", ["痘", "坑", "laser", "疤"], id="Chinese with a Latin word"),
        pytest.param("にきび跡", ["に", "き", "び", "跡"], id="Japanese"),
        pytest.param("สิว", ["ส", "ิ", "ว"], id="Thai"),
        pytest.param("흉터 치료", ["흉터", "치료"], id="Korean has spaces"),
        pytest.param("गड्ढे भरना", ["गड्ढे", "भरना"], id="Hindi keeps its signs"),
        pytest.param("كيف أعالج الندوب؟", ["كيف", "اعالج", "الندوب"], id="Arabic question"),
        pytest.param("👩🏽‍⚕️❤️ ... !?", ["👩", "⚕", "❤"], id="emoji are words"),
        pytest.param("$20 ₹5", ["$", "20", "₹", "5"], id="currencies are words"),
        pytest.param("... !?", [], id="no word at all"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words_are_those_of_the_reader(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("word", "unspaced"),
    [
        ("疤", True),
        ("に", True),
        ("キ", True),
        ("แ", True),
        ("ខ", True),
        ("흉터", False),
        ("scar", False),
        ("ندبة", False),
        ("दाग", False),
        ("", False),
    ],
)
def test_some_scripts_are_written_without_spaces(word: str, unspaced: bool) -> None:
    assert is_unspaced(word) is unspaced


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("हिन्दी", 2, id="Hindi"),
        pytest.param("é" + "e\u0301", 2, id="accents, composed and not"),
        pytest.param("👩🏽‍⚕️🇲🇽", 2, id="emoji of several characters"),
        pytest.param("疤痕", 2, id="Chinese"),
        pytest.param("ที่", 1, id="Thai vowel and tone"),
        pytest.param("\r\n", 1, id="line end"),
        pytest.param(MARKS, 1, id="ten thousand marks on one letter"),
        pytest.param("", 0, id="nothing"),
    ],
)
def test_graphemes_are_what_a_reader_sees_as_letters(text: str, seen: int) -> None:
    assert len(graphemes(text)) == seen


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("call +1 (555) 765-4321 now", "call … now", id="phone number"),
        pytest.param("٠١٥١ ٢٣٤ هاتف", "… هاتف", id="phone number in Arabic digits"),
        pytest.param("born 1.2.1990, ok", "born …, ok", id="date"),
        pytest.param("write to ana_b@example.org!", "write to …", id="mail address"),
        pytest.param("see https://x.example/ana or www.x.example", "see … or …", id="links"),
        pytest.param("ana.com has it", "… has it", id="bare domain"),
        pytest.param("@ana_b says", "… says", id="handle"),
        pytest.param("my name is ana", "my name is …", id="name in small letters"),
        pytest.param("MY NAME IS ANA ok", "MY NAME IS … ok", id="name in capitals"),
        pytest.param("मेरा नाम राम है", "मेरा नाम … है", id="Hindi name"),
        pytest.param("اسمي سارة وعندي ندوب", "اسمي … وعندي ندوب", id="Arabic name"),
        pytest.param("我叫小明 有疤", "我叫… 有疤", id="Chinese name without a space"),
        pytest.param("你好我叫小明", "你好我叫…", id="Chinese phrase within a run"),
        pytest.param("你好我叫王小明，有疤", "你好我叫…，有疤", id="Chinese name of three"),
        pytest.param("我叫王小明有疤痕怎么办", "我叫…有疤痕怎么办", id="Chinese name within a run"),
        pytest.param("我叫 Ana Garcia 有疤", "我叫 … 有疤", id="Latin name after a Chinese phrase"),
        pytest.param("my name is 小明 ok", "my name is … ok", id="Chinese name after an English phrase"),
        pytest.param("my name is Ana Garcia", "my name is …", id="two names"),
        pytest.param("my name is Ana Íñiguez O’Hara and", "my name is … and", id="three names"),
        pytest.param("my name is Ana  Garcia.", "my name is ….", id="two names with a gap"),
        pytest.param("my name is Ana. Scars hurt", "my name is …. Scars hurt", id="a sentence after a name"),
        pytest.param("my name is ana and scars", "my name is … and scars", id="small letters after a name stay"),
        pytest.param("I saw  Ana  Garcia, hm", "I saw …, hm", id="capitals after two spaces"),
        pytest.param("it hurts,\u00a0Ana", "it hurts,\u00a0…", id="capital after a fixed space"),
        pytest.param("it hurts\nHelp me", "it hurts\nHelp me", id="a capital on a new line stays"),
        pytest.param("see clinica.mx now", "see … now", id="domain of a country"),
        pytest.param("see www2.ana-garcia.doctor/about, ok", "see … ok", id="domain with a path"),
        pytest.param("CLINICA.MX", "…", id="domain in capitals"),
        pytest.param("看clinica.mx", "…", id="domain within Chinese"),
        pytest.param("1. 2.clinica.mx", "… …", id="domain behind numbers"),
        pytest.param("مثال.com هنا", "… هنا", id="Arabic domain"),
        pytest.param("it hurts.What helps...ok", "it hurts.What helps...ok", id="sentences without a space stay"),
        pytest.param("at 8 p.m. e.g. lasers", "at … p.m. e.g. lasers", id="abbreviations stay"),
        pytest.param("I saw Ana Garcia, hm", "I saw …, hm", id="capitals within a sentence"),
        pytest.param("Scars on my chin", "Scars on my chin", id="a capital at the beginning stays"),
        pytest.param("will 痘坑 heal? 👍", "will 痘坑 heal? 👍", id="nothing private"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_staff_read_no_numbers_addresses_or_names(text: str, kept: str) -> None:
    assert redact(text, ["my name is", "मेरा नाम", "اسمي", "我叫"]) == kept


def test_a_phrase_before_a_name_is_read_to_the_letter() -> None:
    assert redact("me llamo.* ana", ["me llamo.*"]) == "me llamo.* …"
    assert redact("me llamo ana", ["me llamo.*"]) == "me llamo ana"
    assert redact("my exam is soon", ["am"]) == "my exam is soon"


@pytest.mark.parametrize(
    "phrases", [["i am", "i am called"], ["i am called", "i am"]], ids=["short first", "long first"]
)
def test_a_longer_phrase_before_a_name_goes_first(phrases: list[str]) -> None:
    assert "ana" not in redact("i am called ana", phrases)


@given(ANY_TEXT)
@example(SURROGATES)
def test_what_was_made_sendable_stays_as_it_is(text: str) -> None:
    sent = sendable(text)
    assert sendable(sent) == sent
    sent.encode()


@given(ANY_TEXT)
@example(SURROGATES)
@example(MARKS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
@example(MARKS)
def test_a_text_folds_alike_composed_and_decomposed(text: str) -> None:
    # Cut alike: decomposing makes a text longer, and only its beginning is read.
    composed = unicodedata.normalize("NFC", text[:LONGEST])
    assert fold(composed) == fold(unicodedata.normalize("NFD", composed)[:LONGEST])


@given(ANY_TEXT)
@example(SURROGATES)
@example(MARKS)
def test_words_hold_letters_only_or_are_pictures(text: str) -> None:
    for word in words(text):
        # Scripts without spaces have signs of their own, such as the radicals of Chinese.
        assert is_unspaced(word) or is_picture(word) or regex.fullmatch(r"[\p{L}\p{M}\p{N}]+", word)


@given(ANY_TEXT.filter(lambda text: not set("'´`") & {*text, *fold(text)}))
@example(SURROGATES)
@example(MARKS)
def test_words_of_words_are_the_words(text: str) -> None:
    assert words(" ".join(words(text))) == words(text)


@given(ANY_TEXT)
@example(SURROGATES)
@example(MARKS)
def test_graphemes_put_together_are_the_text(text: str) -> None:
    assert "".join(graphemes(text)) == text
    assert [graphemes(letter) for letter in graphemes(text)] == [[letter] for letter in graphemes(text)]


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
@example(SURROGATES, ["scar"])
@example(MARKS, ["e"])
@example("my name is " + MARKS, ["my name is"])
def test_no_digit_and_no_handle_outlives_redaction(text: str, phrases: list[str]) -> None:
    kept = redact(text, phrases)
    assert not regex.search(r"\p{Nd}|@\w", kept)
    assert kept == kept.strip()
