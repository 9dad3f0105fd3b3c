#!/bin/sh
# npm run demo: builds the product if its sources changed, then starts it with the sandbox.
#   --directory simulated   an embedded, simulated Active Directory (default)
#   --directory samba       a real Samba AD domain controller (Debian packages are installed when missing)
#   --port N                the web app's port (default 3000, or the next free one)
set -eu
cd "$(dirname "$0")/../.."
case " $* " in
*"directory samba"* | *"directory=samba"*)
  . lib/sandbox/packages.sh
  install_packages samba-ad-dc samba-ad-provision samba-dsdb-modules python3-markdown ldap-utils openssl
  ;;
esac
exec node lib/sandbox/demo.ts "$@"
