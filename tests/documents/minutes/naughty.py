"""What people and programs type that breaks programs, and what would break out of a layout."""

# One of each kind of the big list of naughty strings, and markup of typst.
NAUGHTY = [
    "",
    "\\",
    "\x00\x01\x07\x1b\x7f\x85",
    "\ud800 \ufffe \U0001ffff",
    "\u202e\u2066reversed\u2069",
    "Ω≈ç√∫˜µ≤≥÷ ٠١٢٣ مُنَاقَشَةُ",
    "田中さんにあげて下さい 사회과학원 😍 👩🏽",
    "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
    "<script>alert(1)</script> &amp; ]]>",
    "'; DROP TABLE mesas; -- {{ 7*7 }} %s %n ${x}",
    "a" * 5000,
    "one\n\n\ntwo\r\nthree\u2028four",
    '#read("/etc/passwd")',
    '#import "@preview/cades:0.3.0": qr-code',
    '#include "minutes.typ"',
    "#panic()",
    '#eval("1+1") #{ 1 + 1 } $x^2$ = heading',
    ']#[ } ) " ] // comment /* open',
    "*bold* _italic_ `raw` <label> @reference - list + enum / term: x",
    "https://example.org/image.png file:///etc/passwd",
]
