"""Each form that a setting may take: what is read, and what is refused with advice."""

from collections.abc import Callable

import pytest

from bot import values

SID = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("reader", "text", "value"),
    [
        pytest.param(values.yes_or_no, "yes", True, id="yes"),
        pytest.param(values.yes_or_no, "TRUE", True, id="true-in-capitals"),
        pytest.param(values.yes_or_no, "1", True, id="one"),
        pytest.param(values.yes_or_no, "on", True, id="on"),
        pytest.param(values.yes_or_no, "No", False, id="no"),
        pytest.param(values.yes_or_no, "false", False, id="false"),
        pytest.param(values.yes_or_no, "0", False, id="zero"),
        pytest.param(values.yes_or_no, "off", False, id="off"),
        pytest.param(values.listed, "old,new", ("old", "new"), id="list"),
        pytest.param(values.listed, " old , new ,, old,", ("old", "new"), id="list-with-blanks-and-twins"),
        pytest.param(values.days, "1", 1, id="one-day"),
        pytest.param(values.days, "3650", 3650, id="ten-years"),
        pytest.param(values.sid("AC"), f"AC{SID}", f"AC{SID}", id="account-sid"),
        pytest.param(values.sid("MG"), f"MG{SID}", f"MG{SID}", id="service-sid"),
        pytest.param(values.country, "mx", "MX", id="country-in-small-letters"),
        pytest.param(values.url, "https://line.clinic.example/", "https://line.clinic.example", id="slash-at-end"),
        pytest.param(values.url, "http://localhost:8000/bot", "http://localhost:8000/bot", id="port-and-folder"),
        pytest.param(values.url, "https://cal.example/@clara", "https://cal.example/@clara", id="at-sign-in-the-path"),
        pytest.param(values.url, "https://[::1]:8000", "https://[::1]:8000", id="ipv6"),
        pytest.param(values.url, "https://مثال.example", "https://مثال.example", id="arabic-host"),
        pytest.param(values.database, "sqlite:///skinline.sqlite3", "sqlite:///skinline.sqlite3", id="sqlite"),
        pytest.param(values.database, "postgresql://u:p@h/d", "postgresql://u:p@h/d", id="postgresql"),
        pytest.param(values.database, "postgres://u:p@h/d", "postgres://u:p@h/d", id="postgres"),
        pytest.param(values.known_languages, "en, es,zh_Hans", ("en", "es", "zh_Hans"), id="languages"),
    ],
)
def test_a_value_in_its_form_is_read(reader: Callable[[str], object], text: str, value: object) -> None:
    assert reader(text) == value


@pytest.mark.parametrize(
    ("reader", "text", "advice"),
    [
        pytest.param(values.yes_or_no, "maybe", "yes or no", id="neither-yes-nor-no"),
        pytest.param(values.yes_or_no, "نعم", "yes or no", id="yes-in-arabic"),
        pytest.param(values.listed, " , ,", "one or more", id="commas-alone"),
        pytest.param(values.known_languages, ",", "one or more", id="no-language-between-commas"),
        pytest.param(values.days, "0", "1 to 3650", id="no-days"),
        pytest.param(values.days, "3651", "1 to 3650", id="too-many-days"),
        pytest.param(values.days, "-5", "1 to 3650", id="days-below-zero"),
        pytest.param(values.days, "ninety", "1 to 3650", id="days-in-words"),
        pytest.param(values.days, "3²", "1 to 3650", id="raised-digit"),
        pytest.param(values.sid("AC"), f"MG{SID}", "AC and 32", id="sid-of-another-kind"),
        pytest.param(values.sid("AC"), f"AC{SID[:-1]}", "AC and 32", id="sid-too-short"),
        pytest.param(values.sid("AC"), f"AC{SID}0", "AC and 32", id="sid-too-long"),
        pytest.param(values.sid("AC"), f"AC{SID.upper()}", "AC and 32", id="sid-in-capitals"),
        pytest.param(values.country, "USA", "two letters", id="three-letters"),
        pytest.param(values.country, "М1", "two letters", id="cyrillic-and-digit"),
        pytest.param(values.country, "中国", "two letters", id="country-in-chinese"),
        pytest.param(values.url, "line.clinic.example", "whole address", id="no-scheme"),
        pytest.param(values.url, "ftp://line.clinic.example", "whole address", id="another-scheme"),
        pytest.param(values.url, "https://", "whole address", id="no-host"),
        pytest.param(values.url, "https://me:pw@line.example", "whole address", id="with-a-user"),
        pytest.param(values.url, "https://me@line.example", "whole address", id="with-a-user-alone"),
        pytest.param(values.url, "https://:pw@line.example", "whole address", id="with-a-password-alone"),
        pytest.param(values.url, "https://h:abc", "whole address", id="port-in-letters"),
        pytest.param(values.url, "https://h:99999", "whole address", id="port-too-high"),
        pytest.param(values.url, "https://[::1", "whole address", id="bracket-left-open"),
        pytest.param(values.url, "https://line clinic.example", "whole address", id="blank-in-the-host"),
        pytest.param(values.url, "https://line\n.example", "whole address", id="line-end-in-the-host"),
        pytest.param(values.url, "https://line.example?", "without \\? or #", id="with-an-empty-query"),
        pytest.param(values.url, "https://line.example?x=1", "without \\? or #", id="with-a-query"),
        pytest.param(values.url, "https://line.example#top", "without \\? or #", id="with-a-fragment"),
        pytest.param(values.database, "mysql://u:p@h/d", "sqlite:///file or postgresql", id="another-database"),
        pytest.param(values.database, "skinline.sqlite3", "sqlite:///file or postgresql", id="a-bare-file"),
        pytest.param(values.known_languages, "en,tlh_Nope,xx", "no such language: tlh_Nope, xx", id="languages"),
    ],
)
def test_a_value_in_another_form_is_refused_with_advice(
    reader: Callable[[str], object], text: str, advice: str
) -> None:
    with pytest.raises(ValueError, match=advice):
        reader(text)
