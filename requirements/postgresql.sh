# Installs Debian's PostgreSQL for the tests if it may. Where it may not, those that need it say why they are skipped.
if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then
  exit 0
fi
if [ "$(id -u)" = 0 ]; then
  as_root=
elif sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  echo 'PostgreSQL is missing and may not be installed here, so the tests that need it are skipped. On Debian: apt install postgresql'
  exit 0
fi
echo 'Installing PostgreSQL for the tests …'
{ $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends postgresql; } >/dev/null ||
  echo 'PostgreSQL is missing and could not be installed, so the tests that need it are skipped. On Debian: apt install postgresql'
