"""Lets a person correct a proposal at a terminal, with few keys.

    correction     the proposal and what a person has said of it so far
    lines          what a page is drawn from: texts with a colour, cut to a width
    page           a page: its lines, and the page that a key leads to
      sheet          the columns of a sheet, one a line
      picking        a list to choose from: fields, kinds, rows of headings
      options        what there is to choose from
      typing         a text to be typed: an answer, a name
      ticking        a list of which each line can be ticked
        leaving        rows that are left out and words for blank, each of which can be kept
        settling       the questions of a sheet that its mapping answers once
      reading        a text to be read: why it cannot be read like that
      samples        rows as they will be sent, and how many are valid
    ending         the pages from the last sheet to the end, in their order
    keys           draws pages on a terminal and reads keys
    plain          the same by lines, where a terminal has no arrow keys

All but the last two know nothing of a terminal.
"""
