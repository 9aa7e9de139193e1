#!/bin/sh
# Rebuilds ipadic.zst from Debian's mecab-ipadic and checks or renews its checksum.
#
#   index/dictionary/rebuild.sh           rebuild; fails when the result differs from SHA256SUMS
#   index/dictionary/rebuild.sh --renew   rebuild and write SHA256SUMS anew (then raise ANALYZER_VERSION)
#
# The sources are taken from IPADIC_SOURCE, else from an installed mecab-ipadic, else they are
# downloaded with apt-get. The same sources and the same lindera give the same bytes.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

installed=/usr/share/mecab/dic/ipadic
if [ -n "${IPADIC_SOURCE:-}" ]; then
    source=$IPADIC_SOURCE
elif [ -f "$installed/matrix.def" ]; then
    source=$installed
else
    (cd "$scratch" && apt-get download mecab-ipadic && dpkg-deb -x mecab-ipadic_*.deb unpacked)
    source=$scratch/unpacked$installed
    cp "$scratch/unpacked/usr/share/doc/mecab-ipadic/copyright" "$here/COPYRIGHT.mecab-ipadic"
fi

cd "$here/../.."
cargo run --locked -p shokureki-index --example build_dictionary -- \
    "$source" "$scratch/ipadic.zst"

cd "$scratch"
if [ "${1:-}" = --renew ]; then
    sha256sum ipadic.zst >"$here/SHA256SUMS"
else
    sha256sum --check "$here/SHA256SUMS"
fi
mv ipadic.zst "$here/ipadic.zst"
