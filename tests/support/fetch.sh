#!/usr/bin/env bash
# Fetches a part that the system tests need into the cache, once, and prints
# where it lies. Parts are cached by a hash of what pins them, so that a new
# version is a new directory and a half-fetched one is never taken for whole.
#
# usage: fetch.sh kafka|minio|python|gcs|azurite [--cached]
#   --cached   fetch nothing: fail unless the part is there
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/leeward
part=$1
mkdir -p "$cache"

case $part in
    kafka) pin=$here/kafka/pom.xml ;;
    minio) pin=$here/minio/version ;;
    python) pin=$here/python/requirements.txt ;;
    gcs) pin=$here/gcs/version ;;
    azurite) pin=$here/azurite/version ;;
    *) echo "fetch.sh: no part named $part" >&2; exit 2 ;;
esac
dir=$cache/$part-$(sha256sum <"$pin" | cut -c1-12)

fetch_kafka() {
    timeout 900 mvn -q -B -f "$pin" dependency:copy-dependencies -DoutputDirectory="$dir/lib"
}

fetch_minio() {
    GOBIN=$dir timeout 1500 go install "github.com/minio/minio@$(<"$pin")"
}

fetch_gcs() {
    GOBIN=$dir timeout 1500 go install "github.com/fsouza/fake-gcs-server@$(<"$pin")"
}

fetch_azurite() {
    timeout 900 npm install --prefix "$dir" --silent --no-audit --no-fund --ignore-scripts \
        "azurite@$(<"$pin")"
}

fetch_python() {
    timeout 120 python3 -m venv "$dir"
    timeout 900 "$dir/bin/python" -m pip install -q --disable-pip-version-check -r "$pin"
}

if [[ ! -e $dir/complete ]]; then
    if [[ ${2:-} == --cached ]]; then
        echo "not fetched yet" >&2
        exit 1
    fi
    exec 9>"$cache/$part.lock"
    flock 9
    if [[ ! -e $dir/complete ]]; then
        rm -rf "$dir"
        mkdir "$dir"
        "fetch_$part" >&2 9>&-
        touch "$dir/complete"
    fi
fi
echo "$dir"
