# Installs Debian's Chromium for the browser tests if it may: the one without windows, which takes a third less time.
# Where there is only the other one, that is taken; where there is none, the tests say why they are skipped.
have() { test -x "/usr/bin/$1"; }
have chromium-headless-shell && exit 0
if [ "$(id -u)" = 0 ]; then
  as_root=
elif sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  have chromium ||
    echo 'Chromium is missing and may not be installed here, so the browser tests are skipped. On Debian: apt install chromium'
  exit 0
fi
install() { $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "$1" fonts-liberation; }
echo 'Installing Chromium for the browser tests …'
{ $as_root apt-get update -qq && { install chromium-headless-shell || have chromium || install chromium; }; } >/dev/null ||
  have chromium ||
  echo 'Chromium is missing and could not be installed, so the browser tests are skipped. On Debian: apt install chromium'
