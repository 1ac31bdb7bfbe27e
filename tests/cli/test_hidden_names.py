"""A name in a file cannot write over what a terminal shows, nor turn it round."""

import json

NAME, SHOWN = "North\u202e\u009b2J", r"North\u202e\u009b2J"


def test_names_are_shown_escaped_in_messages_json_and_reports(importer, write, home):
    write("b.csv", f"Building,Timezone\n{NAME},Mars/{NAME}\n")
    plain = importer("run", "b.csv")
    asked = importer("run", "b.csv", "--format", "json")
    for text in (plain.out + plain.err, asked.out + asked.err):
        assert SHOWN in text
        assert not {"\u202e", "\u009b"} & set(text)
    [finding] = json.loads(asked.out)["findings"]
    assert finding["value"] == f"Mars/{NAME}"
    report = (home / "b.result.csv").read_text("utf-8")
    assert f"`Mars/{SHOWN}`" in report
    assert f"{NAME},Mars/{NAME}" in report  # what the user wrote stays


def test_a_file_name_is_shown_escaped(importer, write):
    result = importer("check", f"{NAME}.csv")
    assert (result.status, SHOWN in result.err, NAME in result.err) == (2, True, False)
