"""The names of encodings, as people know them."""

from __future__ import annotations

NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
    "ascii": "ASCII",
    "iso8859-1": "Latin-1 (western Europe)",
    "iso8859-2": "Latin-2 (central Europe)",
    "iso8859-15": "Latin-9 (western Europe)",
    "cp437": "DOS (USA, code page 437)",
    "cp737": "DOS (Greek, code page 737)",
    "cp850": "DOS (western Europe, code page 850)",
    "cp852": "DOS (central Europe, code page 852)",
    "cp866": "DOS (Cyrillic, code page 866)",
    "cp1250": "Windows-1250 (central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1252": "Windows-1252 (western Europe)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1257": "Windows-1257 (Baltic)",
    "cp932": "Shift-JIS (Japanese, Windows)",
    "shift_jis": "Shift-JIS (Japanese)",
    "euc_jp": "EUC-JP (Japanese)",
    "cp949": "Windows-949 (Korean)",
    "euc_kr": "EUC-KR (Korean)",
    "gb18030": "GB 18030 (Chinese)",
    "gbk": "GBK (Chinese)",
    "big5": "Big5 (Chinese, traditional)",
    "koi8-r": "KOI8-R (Russian)",
    "koi8-u": "KOI8-U (Ukrainian)",
    "mac-roman": "Mac Roman (western Europe)",
    "mac-latin2": "Mac (central Europe)",
    "mac-cyrillic": "Mac (Cyrillic)",
    "mac-greek": "Mac (Greek)",
    "mac-turkish": "Mac (Turkish)",
}
FLAGS = {f"cp{page}": f"windows-{page}" for page in range(1250, 1259)}


def name_of(codec: str) -> str:
    """Return an encoding's name for people: `cp1252` -> `Windows-1252 (western Europe)`."""
    return NAMES.get(codec, codec)


def flag_of(codec: str) -> str:
    """Return what to write after --encoding: `cp1252` -> `windows-1252`."""
    return FLAGS.get(codec, codec)
