"""Progress is told to a function, or shown as a line; a function may break a run off."""

import io

import pytest

from importer import api


class Gone(io.StringIO):
    """A terminal that was closed."""

    def isatty(self):
        """Say that it is one."""
        return True

    def write(self, _text):
        """Fail."""
        raise OSError(5, "Input/output error")


def closed():
    """A stream that nothing can be written to any more."""
    stream = io.StringIO()
    stream.close()
    return stream


def test_a_function_is_told_of_each_stage(sheets):
    """With counts where there are some."""
    told = []
    api.run(sheets, progress=told.append)
    stages = list(dict.fromkeys(one.stage for one in told))
    assert stages[-2:] == ["Sending", "Writing the report"]
    sending = [one for one in told if one.stage == "Sending"]
    assert (sending[-1].done, sending[-1].total) == (3, 3)
    assert str(sending[-1]) == "Sending: 3 of 3"


def test_what_a_function_raises_ends_the_run_between_two_batches(sheets):
    """It reaches the caller with the name of the run, which goes on where it stopped."""

    def tell(progress):
        if progress.stage == "Sending":
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError) as raised:
        api.run(sheets, progress=tell)
    [run] = api.runs()["run"]
    assert f'api.resume("{run}")' in raised.value.__notes__[0]
    assert api.resume(run).counts == {"created": 3, "invalid": 1}


def test_nothing_is_shown_where_nobody_looks(sheets, capfd):
    """Neither on stdout nor on stderr, which are no terminal here."""
    api.run(sheets)
    assert capfd.readouterr() == ("", "")


def test_a_line_is_shown_where_it_is_asked_for(sheets, capfd):
    """On stderr, as plain text."""
    api.run(sheets, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "Sending: 3 of 3" in err.splitlines()
    assert "\x1b" not in err


@pytest.mark.parametrize("progress", [None, True])
@pytest.mark.parametrize("stream", [lambda: None, closed, Gone], ids=["none", "closed", "gone"])
def test_a_line_that_cannot_be_shown_breaks_nothing_off(sheets, monkeypatch, stream, progress):
    """The run goes on without it."""
    monkeypatch.setattr("sys.stderr", stream())
    assert api.run(sheets, progress=progress).state == "finished"


def test_a_check_tells_how_much_of_a_source_is_read(sheets):
    told = []
    api.check(sheets, progress=told.append)
    reading = [one for one in told if one.stage == "Reading"]
    assert (reading[-1].done, reading[-1].total) == (4, 4)
