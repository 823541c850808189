# Installs Debian's Chromium for the browser tests if it may. Where it may not, those tests say why they are skipped.
if [ "$(id -u)" = 0 ]; then
  as_root=
elif sudo -n true 2>/dev/null; then
  as_root='sudo -n'
else
  echo 'Chromium is missing and may not be installed here, so the browser tests are skipped. On Debian: apt install chromium'
  exit 0
fi
echo 'Installing Chromium for the browser tests …'
{ $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends chromium fonts-liberation; } >/dev/null ||
  echo 'Chromium is missing and could not be installed, so the browser tests are skipped. On Debian: apt install chromium'
