#!/bin/sh
# npm test: installs what is missing, then runs every check and test, and prints "N passed, N failed" at its end.
set -eu
cd "$(dirname "$0")/.."
. lib/sandbox/packages.sh
install_packages samba-ad-dc samba-ad-provision samba-dsdb-modules python3-markdown ldap-utils openssl chromium
exec node e2e/test.ts
