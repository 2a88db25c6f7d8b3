"""The terminal helper: it asks until the answer is right, refuses twins, and enters whole rows or nothing."""

import pytest

from pakrus import checks, cli, data, new_event


class Script:
    """Answers in order; the prompts they were given for and all that was told are kept."""

    def __init__(self, *answers):
        self.answers, self.told = list(answers), []

    def ask(self, prompt):
        if not self.answers:
            raise EOFError
        self.told.append(prompt)
        return self.answers.pop(0)

    def dialogue(self):
        return new_event.Dialogue(self.ask, self.told.append)


def answers(**changed):
    """The answers for a good event, in the order of the questions."""
    good = {
        "date": "1966-01-11", "end_date": "", "category": "diplomacy", "scope": "bilateral", "title": "A test event of the helper",
        "summary": "The helper enters this row in a copy of the tables, and only there.", "actors": "PAK; RUS", "people": "", "place": "Moscow",
        "cooperation": "1", "status": "happened", "event_id": "1966-01-11-test-of-the-helper",
    }  # fmt: skip
    good.update(changed)
    return list(good.values())


def source(key, origin):
    return [key, "", "", "third-party", origin, origin, "Says so."]


@pytest.fixture
def keys():
    """Two keys without a date, so that neither is older than any event, which no table has: their origin is free."""
    from pakrus import references

    known = {row.get("key") for entry in data.descriptor()["resources"] for row in data.rows(entry["name"])}
    found = [
        key
        for key, entry in references.read().entries.items()
        if not entry.fields.get("date") and not entry.fields.get("year") and key not in known
    ]
    return found[:2]


def test_a_good_event_is_entered_in_order_and_valid(folder_copy, keys):
    script = Script(*answers(), *source(keys[0], "Dawn"), "yes", *source(keys[1], "Pravda"), "no", "no", "yes")
    before = data.load("events", folder_copy)
    assert new_event.run(script.dialogue(), folder_copy) == 0, script.told[-3:]
    after = data.load("events", folder_copy)
    row = after[after["event_id"] == "1966-01-11-test-of-the-helper"].iloc[0]
    assert (row["phase"], row["date_precision"], row["confidence"], row["cooperation"]) == (
        "cold-war",
        "day",
        "confirmed",
        1,
    )
    assert len(after) == len(before) + 1
    order = list(zip(after["date"], after["event_id"], strict=True))
    assert order == sorted(order)
    assert len(data.load("event_sources", folder_copy).query("event_id == '1966-01-11-test-of-the-helper'")) == 2
    assert checks.run(folder_copy) == []


def test_wrong_answers_are_asked_again_with_the_reason(folder_copy, keys):
    script = Script(
        "1966-02-30", "1946-01-01", "1966-01-11", "1965", "", "gossip", "diplomacy", "bilateral", "", "A title", "word " * 61, "Short enough.",
        "PAK; ATLANTIS", "PAK; RUS", "", "", "9", "1", "happened", "1966-01-11 Bad!", "1967-01-01-other-year", "1966-01-11-again",
        "nobody1999", *source(keys[0], "Dawn"), "maybe", "no", "no", "no",
    )  # fmt: skip
    assert new_event.run(script.dialogue(), folder_copy) == 1
    told = "\n".join(script.told)
    for reason in ("'1966-02-30' is no date", "lies before the first phase", "ends before it begins", "expected one of diplomacy", "the column may not be empty", "61 words; at most 60", "'ATLANTIS' is no code",
                   "a number from -5 to 5", "an identifier of a date and lower-case words", "must begin with 1966-01-11-", "not in references.bib", "yes or no, please", "Nothing was entered"):  # fmt: skip
        assert reason in told or reason.lower() in told.lower(), reason


def test_one_origin_only_reports(folder_copy, keys):
    *second, note = source(keys[1], "tass")
    script = Script(*answers(), *source(keys[0], "TASS"), "yes", *second, "TASS", note, "no", "no", "yes")
    assert new_event.run(script.dialogue(), folder_copy) == 0
    assert any("Other rows write it 'TASS'" in told for told in script.told)
    assert (
        data.load("events", folder_copy).set_index("event_id").loc["1966-01-11-test-of-the-helper", "confidence"]
        == "reported"
    )


def test_a_dispute_needs_its_note(folder_copy, keys):
    script = Script(*answers(), *source(keys[0], "Dawn"), "no", "yes", "", "Dawn says so, nobody else.", "yes")
    assert new_event.run(script.dialogue(), folder_copy) == 0
    row = data.load("events", folder_copy).set_index("event_id").loc["1966-01-11-test-of-the-helper"]
    assert (row["confidence"], row["dispute_note"]) == ("disputed", "Dawn says so, nobody else.")


def test_a_twin_is_refused(folder_copy):
    twin = data.load("events", folder_copy).query("date_precision == 'day'").iloc[0]
    upto = answers(date=twin["date"], actors=twin["actors"], category=twin["category"])[:7]
    before = {path.name: path.read_bytes() for path in folder_copy.data.rglob("*") if path.is_file()}
    script = Script(*upto, "no")
    assert new_event.run(script.dialogue(), folder_copy) == 1
    assert f"{twin['event_id']} is there already" in script.told[-1]
    assert {path.name: path.read_bytes() for path in folder_copy.data.rglob("*") if path.is_file()} == before


def test_a_date_between_two_phases_is_asked_for(folder_copy, keys):
    script = Script(
        "2001",
        "post-1991",
        *answers(date="2001", event_id="2001-test-of-the-helper")[1:],
        *source(keys[0], "Dawn"),
        "no",
        "no",
        "yes",
    )
    assert new_event.run(script.dialogue(), folder_copy) == 0, script.told[-3:]
    assert data.load("events", folder_copy).set_index("event_id").loc["2001-test-of-the-helper", "phase"] == "post-1991"


def test_what_check_finds_is_not_entered(folder_copy, keys):
    copied = next(text for text in data.load("events", folder_copy)["summary"] if len(text.split()) > 20)
    before = {path.name: path.read_bytes() for path in folder_copy.data.rglob("*") if path.is_file()}
    script = Script(*answers(summary=copied), *source(keys[0], "Dawn"), "no", "no", "yes")
    assert new_event.run(script.dialogue(), folder_copy) == 1
    assert "Not entered" in script.told[-1] and "no run of 12 words" in script.told[-1]
    assert {path.name: path.read_bytes() for path in folder_copy.data.rglob("*") if path.is_file()} == before


def test_breaking_off_enters_nothing(folder_copy):
    before = {path.name: path.read_bytes() for path in folder_copy.data.rglob("*") if path.is_file()}
    assert new_event.run(Script("1966-01-11").dialogue(), folder_copy) == 1
    assert {path.name: path.read_bytes() for path in folder_copy.data.rglob("*") if path.is_file()} == before


def test_the_command_is_there(monkeypatch, data_copy):
    monkeypatch.setattr("builtins.input", lambda prompt: (_ for _ in ()).throw(EOFError))
    assert cli.main(["new-event"]) == 1


def test_a_table_changed_behind_the_seal_is_told_before_the_first_question(folder_copy):
    path = folder_copy.table("events")
    path.write_bytes(path.read_bytes() + b"x")
    script = Script()
    with pytest.raises(data.DataError, match=r"events\.csv: its sha256 is"):
        new_event.run(script.dialogue(), folder_copy)
    assert len(script.told) == 1


def test_a_name_is_written_as_the_table_of_people_has_it(folder_copy, keys):
    told = answers(people="Jacob Malik")
    told[8:8] = ["Vladimir Puttin", "Somebody Quite New", "Yakov Malik; Vladimir Putin (video)"]
    script = Script(*told, *source(keys[0], "Dawn"), "no", "no", "no")
    assert new_event.run(script.dialogue(), folder_copy) == 1
    said = [line for line in script.told if line.startswith("  found")]
    assert "'Yakov Malik', as data/people.csv writes it" in said[0] and "such as 'Vladimir Putin'" in said[1]
    assert "found 'Somebody Quite New'" in said[2] and "who is new gets a row in data/people.csv first" in said[2]
    assert any("people: Yakov Malik; Vladimir Putin (video)" in line for line in script.told)
