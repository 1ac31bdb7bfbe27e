"""The cells of a column of a DataFrame, by the type of the column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from importer.read.frame_cells import cell_of, number, of_numpy, whole

if TYPE_CHECKING:
    import pandas as pd

    from importer.model import Cell

Convert: TypeAlias = "Callable[[pd.Series[Any]], list[Cell]]"
"""Turns some values of a column into cells."""


def convert_of(column: pd.Series[Any]) -> Convert:
    """Return what turns values of a column into cells, by the type of the whole column."""
    dtype = column.dtype
    if isinstance(dtype, np.dtype):
        if dtype.kind in "b":
            return lambda some: some.tolist()
        if dtype.kind in "iu":
            return lambda some: [whole(value) for value in some.tolist()]
        if dtype.kind == "f" and dtype.itemsize == np.dtype(float).itemsize:
            return lambda some: [number(value) for value in some.tolist()]
        if dtype.kind == "f":
            return lambda some: [of_numpy(value) for value in some.to_numpy()]
        if dtype.kind == "M" and _all_days(column):
            return lambda some: [_day(value) for value in some.astype(object).tolist()]
    return lambda some: [cell_of(value) for value in some.astype(object).tolist()]


def _day(value: Any) -> Cell:
    cell = cell_of(value)
    return cell.date() if isinstance(cell, dt.datetime) else cell


def _all_days(column: pd.Series[Any]) -> bool:
    """Return whether no value of a column of moments has a time of day, as pandas shows them."""
    filled = column.dropna()
    return bool((filled == filled.dt.normalize()).all())
