"""Take pictures of the screens of the demo, for the documents and for looking at.

Run `python tools/pictures.py`: it starts a demo of its own in a folder that it removes afterwards, goes
through the pages in Chromium ($CHROMIUM, or the one that is installed) and writes `docs/pictures/`, which git
ignores. `--only matrix` takes those whose names begin so; `--keep` copies the few that the documents show to
`docs/images/`. Translations are shown as `./run` last compiled them.
"""

import csv
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
IMAGES = ROOT / "docs" / "images"
KEPT = ("matrix", "matrix-phone-dark", "paste", "commitment", "people", "import")

DESK, TALL, PHONE = (1280, 720), (1280, 1000), (390, 844)
ANA, IVAN = "Ana Paredes", "Iván Castro"
MESA = "/mesas/forestal/"
MATRIX = f"{MESA}matrix/"
PAGE_OF_C10 = f"{MESA}commitments/10/"

PASTE = """text => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true});
  document.activeElement.dispatchEvent(paste);
}"""


def soon(days: int) -> str:
    """A day to come, as one types it."""
    return f"{date.today() + timedelta(days=days):%d/%m/%Y}"  # noqa: DTZ011  (any zone will do)


# --- the demo --------------------------------------------------------------------------------------


@contextmanager
def demo() -> Iterator[str]:
    """The demo programme, new, on a port of its own; gives its address."""
    with tempfile.TemporaryDirectory() as home, socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
        door.close()
        settings = {"DESTRABA_ENV": "demo", "DESTRABA_HOME": home, "PORT": str(port)}
        environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT / "src")}
        for verb in ("prepare", "demo"):
            command = (sys.executable, "-m", "destraba", verb)
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
        server = subprocess.Popen(_server(port), env=environment)  # noqa: S603
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _server(port: int) -> tuple[str, ...]:
    granian = str(Path(sys.executable).with_name("granian"))
    few = ("--blocking-threads", "4", "--backpressure", "64")
    where = ("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning")
    return (granian, "--interface", "wsgi", "--no-ws", *few, *where, "destraba.wsgi:application")


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(150):
        try:
            urlopen(address).close()  # noqa: S310
        except URLError:
            if server.poll() is not None:
                sys.exit("The demo did not start.")
            time.sleep(0.2)
        else:
            return
    sys.exit("The demo does not answer.")


# --- the browser -----------------------------------------------------------------------------------


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    return found or sys.exit("Install Chromium, or name it in CHROMIUM.")


@dataclass
class Stage:
    """A browser in front of the demo; whoever has signed in stays so from one picture to the next."""

    browser: Browser
    address: str
    seats: dict[str, str] = field(default_factory=dict)
    exported: bytes = b""

    def context(
        self, who: str, size: tuple[int, int] = DESK, *, dark: bool = False, language: str = "es"
    ) -> BrowserContext:
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale=language,
            reduced_motion="reduce",
        )
        if who:
            context.add_cookies([{"name": "sessionid", "value": self._seat(who), "url": self.address}])
        return context

    def _seat(self, who: str) -> str:
        if who not in self.seats:
            context = self.context("")
            page = context.new_page()
            page.goto("/accounts/login/")
            page.get_by_role("button", name=who).click()
            page.wait_for_url("**/")
            self.seats[who] = next(c["value"] for c in context.cookies() if c["name"] == "sessionid")
            context.close()
        return self.seats[who]

    def live(self) -> None:
        """A little of a mesa's life: an export leaves, a liaison answers, the team writes and plans on."""
        ana = self.context(ANA)
        self.exported = ana.request.get(f"{MESA}matrix.csv").body()
        ivan = self.context(IVAN)
        page = ivan.new_page()
        page.goto(PAGE_OF_C10)
        do(page, "progress", note="Acompañamos dos inspecciones en Ucayali; falta Loreto.")
        ivan.close()
        page = ana.new_page()
        page.goto(PAGE_OF_C10)
        do(page, "date", due=soon(60), reason="Lo acordó la última sesión.")
        do(page, "date", due=soon(90), reason="Primero se publica el protocolo.")
        do(page, "edit", declared="amber")
        ana.close()


def do(page: Page, act: str, **fields: str) -> None:
    """Do one of the acts that a page offers."""
    box = page.locator(f"[id^=act-{act}-]")
    if box.evaluate("box => box.matches('details')"):
        box.locator("summary").click()
    for name, value in fields.items():
        control = box.locator(f"[name={name}]")
        if control.evaluate("control => control.matches('select')"):
            control.select_option(value)
        else:
            control.fill(value)
    box.locator("button.go, button").last.click()
    page.wait_for_load_state("networkidle")


def row(page: Page, number: str) -> Locator:
    return page.locator(f'tr[data-number="{number}"]')


def opened(page: Page, *numbers: str) -> None:
    """Open problems of the Matrix."""
    for number in numbers:
        row(page, number).locator("a.tw").click()
        page.locator(f'tr[data-number="{number}"][aria-expanded="true"]').wait_for()
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)


# --- the pictures ----------------------------------------------------------------------------------


def shut(page: Page, _stage: Stage) -> None:
    page.goto(MATRIX)


def open_matrix(page: Page, _stage: Stage) -> None:
    page.goto(MATRIX)
    opened(page, "P-5", "P-6")


def cell(page: Page, stage: Stage) -> None:
    open_matrix(page, stage)
    row(page, "C-9").locator("td.x-due").click()
    page.keyboard.press("Enter")
    page.keyboard.type(soon(45))


def paste(page: Page, stage: Stage) -> None:
    open_matrix(page, stage)
    row(page, "C-10").locator("td.x-owner").click()
    page.evaluate(PASTE, f"OSINFOR\t{soon(45)}\nSERFOR\t31/02/2027\nGORE Loreto\tmarzo 2027\n")
    page.locator("form[data-paste]").wait_for()


def sheet(page: Page, stage: Stage) -> None:
    """On a phone a row is edited whole."""
    open_matrix(page, stage)
    row(page, "C-9").locator("td.x-title").click()
    page.locator("dialog.sheet").wait_for()


def keys(page: Page, _stage: Stage) -> None:
    page.goto(MATRIX)
    page.evaluate("document.getElementById('keys').showModal()")


def at(address: str) -> Callable[[Page, Stage], None]:
    def go(page: Page, _stage: Stage) -> None:
        page.goto(address)

    return go


def importing(page: Page, stage: Stage) -> None:
    """The export of before, as somebody corrected it: a change, a conflict, a new row, a doubt."""
    text = stage.exported.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))
    for each in rows:
        if each["N° de compromiso"] == "C-10":
            each["Plazo"] = soon(30)
        if each["N° de compromiso"] == "C-15":
            each.update(Semáforo="Verde", Plazo="31/02/2027", Situación="La obra empezó")
    new = {"Eje": rows[-1]["Eje"], "Traba": "El transporte de plantones exige una guía por cada región"}
    rows.append(
        {
            **dict.fromkeys(rows[0], ""),
            **new,
            "Compromiso": "Aceptar una sola guía",
            "Responsable": "SERFOR / MINAGRI",
        }
    )
    out = StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    page.goto(f"{MESA}import/")
    page.locator("input[type=file]").set_input_files(
        {"name": "matriz-forestal.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("utf-8-sig")}
    )
    page.locator("form[enctype] button.go").click()
    page.locator("[data-import]").wait_for()


@dataclass(frozen=True)
class Picture:
    """`lived` pictures come after `Stage.live`; `whole` ones show all of the page."""

    name: str
    act: Callable[[Page, Stage], None]
    who: str = ANA
    size: tuple[int, int] = DESK
    dark: bool = False
    language: str = "es"
    lived: bool = False
    whole: bool = False

    def take(self, stage: Stage) -> None:
        context = stage.context(self.who, self.size, dark=self.dark, language=self.language)
        page = context.new_page()
        self.act(page, stage)
        if self.whole:  # not by the browser's own means, which leave what sticks to the foot in the middle
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": self.size[0], "height": height})
        page.screenshot(path=PICTURES / f"{self.name}.png")
        context.close()


SIGN_IN = at("/accounts/login/")
HOME, OVERVIEW, PEOPLE = at("/"), at(MESA), at(f"{MESA}people/")
COMMITMENT, SOLUTION, PROBLEM = at(PAGE_OF_C10), at(f"{MESA}solutions/6.1/"), at(f"{MESA}problems/6/")
GALLERY = (
    Picture("sign-in", SIGN_IN, who="", size=TALL),
    Picture("sign-in-en", SIGN_IN, who="", size=TALL, language="en"),
    Picture("sign-in-phone", SIGN_IN, who="", size=PHONE, whole=True),
    Picture("matrix", open_matrix),
    Picture("matrix-en", open_matrix, language="en"),
    Picture("matrix-dark", open_matrix, size=TALL, dark=True),
    Picture("matrix-shut", shut),
    Picture("matrix-phone", open_matrix, size=PHONE),
    Picture("matrix-phone-dark", open_matrix, size=PHONE, dark=True),
    Picture("cell", cell),
    Picture("cell-phone", sheet, size=PHONE),
    Picture("paste", paste),
    Picture("paste-dark", paste, dark=True),
    Picture("keys", keys),
    Picture("keys-phone", keys, size=PHONE),
    Picture("follow", at("/mesas/turismo/follow/")),
    Picture("upload", at(f"{MESA}import/")),
    Picture("home", HOME),
    Picture("home-phone", HOME, size=PHONE),
    Picture("commitment", COMMITMENT, size=TALL, lived=True),
    Picture("commitment-en", COMMITMENT, size=TALL, language="en", lived=True),
    Picture("commitment-dark", COMMITMENT, size=TALL, dark=True, lived=True),
    Picture("commitment-phone", COMMITMENT, size=PHONE, whole=True, lived=True),
    Picture("commitment-liaison", COMMITMENT, who=IVAN, size=TALL, lived=True),
    Picture("solution", SOLUTION, whole=True, lived=True),
    Picture("problem", PROBLEM, whole=True, lived=True),
    Picture("overview", OVERVIEW, size=TALL, lived=True),
    Picture("overview-dark", OVERVIEW, size=TALL, dark=True, lived=True),
    Picture("overview-phone", OVERVIEW, size=PHONE, whole=True, lived=True),
    Picture("people", PEOPLE, size=TALL, lived=True),
    Picture("people-phone", PEOPLE, size=PHONE, lived=True),
    Picture("import", importing, whole=True, lived=True),
    Picture("import-dark", importing, size=TALL, dark=True, lived=True),
    Picture("import-phone", importing, size=PHONE, whole=True, lived=True),
)


def main() -> None:
    parser = ArgumentParser(description="Take pictures of the demo's screens.")
    parser.add_argument("--only", default="", metavar="NAME", help="those whose names begin so")
    parser.add_argument(
        "--keep", action="store_true", help="copy those that the documents show to docs/images"
    )
    options = parser.parse_args()
    chosen = [picture for picture in GALLERY if picture.name.startswith(options.only)]
    if not chosen:
        parser.error(f"no such picture; there are {', '.join(picture.name for picture in GALLERY)}")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        stage = Stage(browser, address)
        for picture in chosen:
            if picture.lived and not stage.exported:
                stage.live()
            picture.take(stage)
            sys.stdout.write(f"{picture.name}\n")
        browser.close()
    if options.keep:
        IMAGES.mkdir(exist_ok=True)
        for picture in chosen:
            if picture.name in KEPT:
                shutil.copy(PICTURES / f"{picture.name}.png", IMAGES)


if __name__ == "__main__":
    main()
