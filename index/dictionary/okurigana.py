#!/usr/bin/env python3
"""Lists words of IPADIC that are written with more and with less okurigana.

Usage: okurigana.py CSV... > okurigana.txt

CSV are the files of mecab-ipadic, in EUC-JP. Each line of the output holds the spellings of one word
(組込 組込み 組み込み) or the stems of one verb (組込 組み込), which inflected forms begin with.
"""

import collections
import re
import sys

WRITTEN = re.compile(r"[\u4e00-\u9fff々][\u4e00-\u9fff々\u3041-\u3096]+")
KANJI = re.compile(r"[\u4e00-\u9fff々]")
NOUNS = {"一般", "サ変接続", "副詞可能", "形容動詞語幹", "ナイ形容詞語幹", "接尾"}
# The endings of a verb's base form, and of the form that is used as a noun.
NOUN_ENDINGS = dict(zip("うくぐすつぬぶむる", "いきぎしちにびみり"))
# Words that the dictionary lacks.
BY_HAND = [
    ["作込み", "作り込み", "作りこみ"],
    ["立上げ", "立ち上げ", "立上", "たち上げ"],
    ["立上", "立ち上"],
    ["落込み", "落ち込み"],
    ["落し込み", "落とし込み", "落とし込"],
    ["洗出し", "洗い出し"],
    ["洗出", "洗い出"],
    ["棚卸", "棚卸し", "たな卸し"],
    ["問合せ", "問合わせ", "問い合せ", "問い合わせ", "問合"],
    ["打合せ", "打合わせ", "打ち合せ", "打ち合わせ", "打合"],
    ["組合せ", "組合わせ", "組み合せ", "組み合わせ"],
    ["すり合わせ", "摺り合わせ", "擦り合わせ", "擦合せ", "摺合せ"],
]


def skeleton(word):
    return "".join(KANJI.findall(word))


def rows(paths):
    for path in paths:
        with open(path, encoding="euc_jp", errors="replace") as file:
            for line in file:
                fields = line.rstrip("\n").split(",")
                if len(fields) > 11:
                    yield fields[4], fields[5], fields[8], fields[9], fields[10], fields[11]


def main(paths):
    nouns = collections.defaultdict(set)
    verbs = collections.defaultdict(set)
    readings = collections.defaultdict(set)
    for kind, sort, conjugation, form, base, reading in rows(paths):
        if not WRITTEN.fullmatch(base):
            continue
        kanji = skeleton(base)
        if kind == "名詞":
            readings[base].add(reading)
        if len(kanji) < 2:
            continue
        if kind == "名詞" and sort in NOUNS:
            nouns[kanji, reading].add(base)
        elif kind == "動詞" and form == "基本形" and sort == "自立":
            verbs[kanji, reading, conjugation].add(base)

    fives = (bases for (_, _, row), bases in verbs.items() if row.startswith("五段"))
    stems_of_five = {base[:-1] for bases in fives for base in bases}
    groups = set()
    for (kanji, reading, conjugation), bases in verbs.items():
        if conjugation == "一段":
            if any(base[:-2] in stems_of_five for base in bases):
                continue  # can do (組み込める), no word of its own
            forms = {base: base[:-1] for base in bases}
            noun_reading = reading[:-1]
        elif conjugation.startswith("五段") and bases and all(b[-1] in NOUN_ENDINGS for b in bases):
            forms = {base: base[:-1] + NOUN_ENDINGS[base[-1]] for base in bases}
            ending = NOUN_ENDINGS[next(iter(bases))[-1]]
            noun_reading = reading[:-1] + chr(ord(ending) + 0x60)
        else:
            continue
        nouns[kanji, noun_reading] |= set(forms.values())
        stems = {base[:-1] for base in bases}
        if len(stems) > 1:
            groups.add(tuple(sorted(stems)))
    for (kanji, reading), spellings in nouns.items():
        if len(spellings) < 2:
            continue
        # 組込 is written though the dictionary lacks it; 上下 is read otherwise than 上げ下げ.
        if readings[kanji] <= {reading}:
            spellings = spellings | {kanji}
        groups.add(tuple(sorted(spellings)))
    groups |= {tuple(sorted(group)) for group in BY_HAND}
    for group in sorted(groups):
        print(" ".join(group))


main(sys.argv[1:])
