"""Cuts and treats the demo's photographs: one ratio, one light, no makers' names, WebP. Needs Pillow, NumPy and OpenCV.

The originals lie in the npm package @vendure/create 3.7.3 (`npm pack`), folder assets/images; CREDITS.md names who took them.
    python3 photos.py <that folder> <assets/demo/photos> [name …]
"""

import math
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

# The neutral backgrounds become this paper.
PAPER = (0.972, 0.955, 0.925)
CARD = 4 / 5

# name: (original, centre x, centre y, width of the cut in parts of the original's width, ratio, grade)
# A cut that is larger than the photo is filled with the wall it stands before.
CUTS = {
    "sofa-leather": ("paul-weaver-1120584", .315, .46, .63, CARD, "warm"),
    "sofa-leather-room": ("paul-weaver-1120584", .5, .5, 1, 3 / 2, "warm"),
    "sofa-leather-arm": ("paul-weaver-1120584", .74, .62, .45, CARD, "warm"),
    "sofa-grey": ("nathan-fertig-249917", .5, .5, .533, CARD, "warm"),
    "sofa-grey-room": ("nathan-fertig-249917", .5, .5, 1, 3 / 2, "warm"),
    "armchair": ("kari-shea-398668", .5, .545, 1, CARD, "soft"),
    "armchair-back": ("kari-shea-398668", .5, .42, .7, CARD, "soft"),
    "shell-chair": ("andres-jasso-220776", .47, .5, .55, CARD, "warm"),
    "shell-chair-shell": ("andres-jasso-220776", .47, .36, .40, CARD, "warm"),
    "stacking-chair-ochre": ("jean-philippe-delberghe-1400011", .44, .68, .72, CARD, "soft"),
    "stacking-chair-sage": ("jean-philippe-delberghe-1400011", .69, .70, .62, CARD, "soft"),
    "stacking-chair-room": ("jean-philippe-delberghe-1400011", .5, .58, 1, CARD, "soft"),
    "cafe-chair": ("florian-klauer-14840", .5, .52, 1, CARD, "warm"),
    "cafe-chair-alone": ("florian-klauer-14840", .48, .72, .66, CARD, "warm"),
    "stool": ("ruslan-bardash-351288", .5, .58, .86, CARD, "soft"),
    "stool-seat": ("ruslan-bardash-351288", .52, .43, .56, CARD, "soft"),
    "desk": ("abel-y-costa-716024", .6, .5, .533, CARD, "warm"),
    "desk-room": ("abel-y-costa-716024", .5, .5, 1, 3 / 2, "warm"),
    "side-table": ("benjamin-voros-310026", .59, .63, .82, CARD, "warm"),
    "side-table-room": ("benjamin-voros-310026", .5, .53, 1, CARD, "warm"),
    "alarm-clock": ("benjamin-voros-310026", .66, .44, .44, CARD, "warm"),
    "pendant-lamp": ("pierre-chatel-innocenti-483198", .32, .5, .533, CARD, "soft"),
    "pendant-lamp-room": ("pierre-chatel-innocenti-483198", .5, .5, 1, 3 / 2, "soft"),
    "keyboard": ("juan-gomez-674574", .42, .5, .53, CARD, "soft"),
    "keyboard-keys": ("juan-gomez-674574", .62, .52, .36, CARD, "soft"),
    "mouse": ("oscar-ivan-esquivel-arteaga-687447", .52, .5, .74, CARD, "warm"),
    "tablet": ("kelly-sikkema-685291", .47, .5, .76, CARD, "warm"),
    "cable": ("adam-birkett-239153", .5, .56, 1, CARD, "grey"),
    "cactus": ("charles-deluvio-695736", .5, .5, .8, CARD, "none"),
    "cactus-close": ("charles-deluvio-695736", .47, .40, .45, CARD, "none"),
    "terracotta-pot": ("charles-deluvio-695736", .5, .69, .49, CARD, "none"),
    "orchid": ("zoltan-kovacs-642412", .5, .52, 1, CARD, "warm"),
    "orchid-flowers": ("zoltan-kovacs-642412", .46, .33, .64, CARD, "warm"),
    "aloe": ("silvia-agrasar-227575", .53, .5, .53, CARD, "warm"),
    "aloe-wide": ("silvia-agrasar-227575", .5, .5, 1, 3 / 2, "warm"),
    "bonsai": ("mark-tegethoff-667351", .56, .5, .6, CARD, "warm"),
    "bonsai-wide": ("mark-tegethoff-667351", .5, .5, 1, 4 / 3, "warm"),
    "hanging-fern": ("alex-rodriguez-santibanez-200278", .49, .5, .533, CARD, "warm"),
    "succulents": ("annie-spratt-78044", .5, .5, 1, CARD, "warm"),
    "succulents-one": ("annie-spratt-78044", .47, .5, .44, CARD, "warm"),
    "succulents-two": ("annie-spratt-78044", .73, .80, .5, CARD, "warm"),
    "norfolk-pine": ("caleb-george-536388", .5, .51, 1, CARD, "soft"),
    "spider-plant": ("abel-y-costa-716024", .515, .57, .36, CARD, "warm"),
    "tulips": ("natalia-y-345738", .5, .46, 1, CARD, "warm"),
    "glazed-planter": ("natalia-y-345738", .5, .64, 1, CARD, "warm"),
    "trowel": ("neslihan-gunaydin-3493", .57, .5, .533, CARD, "soft"),
    "trowel-soil": ("neslihan-gunaydin-3493", .8, .62, .4, CARD, "soft"),
    "stone-lion": ("vincent-liu-525429", .37, .5, .533, CARD, "soft"),
    "camera-twin-lens": ("alexander-andrews-260988", .505, .49, .72, CARD, "warm"),
    "camera-instant": ("eniko-kis-663725", .48, .5, .533, CARD, "warm"),
    "camera-pocket": ("jakob-owens-274337", .55, .5, .66, CARD, "warm"),
    "camera-press": ("jonathan-talbert-697262", .46, .66, .8, CARD, "warm"),
    "camera-single-lens": ("chuttersnap-324234", .49, .5, .533, CARD, "soft"),
    "lens": ("brandi-redd-104140", .37, .5, .555, CARD, "soft"),
    "tripod": ("zoltan-tasi-423051", .5, .48, .9, CARD, "soft"),
    "football": ("nik-shuliahin-619349", .36, .5, .51, CARD, "soft"),
    "basketball": ("tommy-bebo-600358", .5, .6, .9, CARD, "soft"),
    "basketball-court": ("tommy-bebo-600358", .5, .5, 1, CARD, "soft"),
    "tennis-balls": ("ben-hershey-574483", .36, .5, .535, CARD, "soft"),
    "skipping-rope": ("stoica-ionela-530966", .51, .5, .9, CARD, "mute"),
    "cruiser-board": ("max-tarkhov-737999", .5, .5, .64, CARD, "soft"),
    "tent": ("michael-guite-571169", .7, .5, .533, CARD, "soft"),
    "tent-wood": ("michael-guite-571169", .5, .5, 1, 3 / 2, "soft"),
    "bicycle": ("mikkel-bech-748940", .5, .5, .94, CARD, "soft"),
    "bicycle-wide": ("mikkel-bech-748940", .5, .5, 1, 3 / 2, "soft"),
    "trail-shoe": ("nikolai-chernichenko-1299748", .55, .5, .56, CARD, "warm"),
}


def box(left, top, right, bottom):
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def arc(x, y, inner, outer, start, end):
    """A piece of a ring, from one angle to another in degrees, clockwise from the right."""
    angles = [math.radians(start + (end - start) * step / 24) for step in range(25)]
    return [(x + outer * math.cos(a), y + outer * math.sin(a)) for a in angles] + [
        (x + inner * math.cos(a), y + inner * math.sin(a)) for a in reversed(angles)]


# original: where makers' names and signs stand, and whether the letters are lighter or darker than what they stand on.
NAMES = {
    "eniko-kis-663725": [
        ("all", box(912, 695, 993, 750)), ("light", box(636, 892, 756, 936)), ("light", box(797, 923, 911, 949)),
        ("all", box(517, 870, 558, 924))],
    "jakob-owens-274337": [
        ("dark", [(353, 357), (676, 268), (690, 300), (566, 354), (365, 403)]),
        ("dark", [(384, 436), (497, 413), (511, 456), (396, 487)])],
    "chuttersnap-324234": [
        ("light", [(696, 436), (845, 498), (843, 544), (689, 481)]), ("light", box(848, 492, 887, 533)),
        ("light", arc(623, 733, 96, 125, -82, 0)), ("light", arc(623, 733, 96, 128, 5, 110))],
    "alexander-andrews-260988": [
        ("light", box(449, 582, 613, 610)), ("light", box(445, 607, 616, 620)), ("dark", box(487, 781, 569, 802)),
        ("light", arc(528, 864, 33, 47, 0, 360)), ("light", arc(529, 721, 39, 54, 0, 360)),
        ("dark", arc(528, 864, 62, 81, 20, 160))],
    "nik-shuliahin-619349": [
        ("dark", [(559, 247), (723, 273), (711, 311), (555, 280)]),
        ("dark", [(485, 497), (711, 506), (707, 571), (538, 559)]), ("dark", box(666, 741, 787, 826))],
    "nikolai-chernichenko-1299748": [
        ("all", [(899, 328), (910, 313), (925, 308), (942, 307), (942, 313), (923, 321)]),
        ("all", [(881, 345), (893, 330), (925, 319), (912, 335)]),
        ("all", [(865, 363), (877, 347), (907, 336), (895, 352)])],
    "zoltan-tasi-423051": [
        ("dark", box(555, 221, 633, 248)), ("dark", [(410, 272), (462, 266), (462, 288), (410, 293)]),
        ("light", arc(697, 366, 39, 66, -130, 80))],
}


def nameless(photo, original):
    """The photo without makers' names: their letters are filled from what surrounds them, with a little grain."""
    pixels = np.asarray(photo).copy()
    grain = np.random.default_rng(7).normal(0, 2.5, pixels.shape[:2])[..., None]
    for kind, outline in NAMES.get(original, []):
        area = Image.new("1", photo.size)
        ImageDraw.Draw(area).polygon(outline, fill=1)
        letters = np.asarray(area)
        if kind != "all":
            grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
            off = grey.astype(int) - cv2.medianBlur(grey, 41)
            found = off > 18 if kind == "light" else off < -18
            letters = letters & cv2.dilate(found.astype(np.uint8), np.ones((5, 5))).astype(bool)
        filled = cv2.inpaint(pixels, letters.astype(np.uint8) * 255, 5, cv2.INPAINT_TELEA)
        pixels = np.where(letters[..., None], np.clip(filled + grain, 0, 255).astype(np.uint8), pixels)
    return Image.fromarray(pixels)


def extended(pixels, top, bottom):
    """The photo with more of its wall above and below: its own edge rows, smoothed, with a little grain."""
    rng = np.random.default_rng(7)

    def filler(rows, count, edge_last):
        strip = np.asarray(Image.fromarray(rows.astype(np.uint8)).filter(ImageFilter.GaussianBlur(24))).astype(float)
        edge = strip[-1] if edge_last else strip[0]
        filled = np.repeat(edge[None], count, axis=0)
        return filled + rng.normal(0, 1.2, filled.shape)

    parts = []
    if top:
        parts.append(filler(pixels[:60], top, False))
    parts.append(pixels)
    if bottom:
        parts.append(filler(pixels[-60:], bottom, True))
    whole = np.clip(np.concatenate(parts), 0, 255)
    for seam in ([top] if top else []) + ([top + len(pixels)] if bottom else []):
        lo, hi = max(seam - 70, 0), min(seam + 70, len(whole))
        band = whole[lo:hi]
        soft = np.asarray(Image.fromarray(band.astype(np.uint8)).filter(ImageFilter.GaussianBlur(20))).astype(float)
        weight = np.clip(1 - np.abs(np.arange(lo, hi) - seam) / 70, 0, 1)[:, None, None]
        whole[lo:hi] = band * (1 - weight) + soft * weight
    return whole


def cut(photo, cx, cy, part, ratio):
    pixels = np.asarray(photo).astype(float)
    height, width = pixels.shape[:2]
    w = round(width * part)
    h = round(w / ratio)
    x = min(max(round(width * cx - w / 2), 0), width - w)
    if h > height:
        missing = h - height
        if ratio > 1:
            h, w = height, min(round(height * ratio), width)
            x = (width - w) // 2
            return pixels[:, x:x + w]
        top = round(missing * (1 - cy) if cy != .5 else missing * .58)
        return extended(pixels[:, x:x + w], top, missing - top)
    y = min(max(round(height * cy - h / 2), 0), height - h)
    return pixels[y:y + h, x:x + w]


def graded(pixels, grade):
    grey = pixels @ np.array([.299, .587, .114])
    if grade == "grey":
        pixels = pixels * .15 + grey[..., None] * .85
    if grade in ("warm", "grey"):
        # Only what is nearly grey is tinted, the lighter the more; colours of things stay theirs.
        spread = (pixels.max(axis=2) - pixels.min(axis=2)) / 255
        neutral = np.clip(1 - spread / .22, 0, 1)[..., None] * np.clip((grey / 255 - .25) / .5, 0, 1)[..., None]
        pixels = pixels * (1 - neutral * .55) + grey[..., None] * neutral * .55
        return pixels * (1 - neutral + neutral * np.array(PAPER))
    if grade in ("soft", "mute"):
        keep = .93 if grade == "soft" else .74
        pixels = pixels * keep + grey[..., None] * (1 - keep)
        return pixels * np.array((1., .99, .975))
    return pixels


def main(originals, target, wanted):
    for name, (original, cx, cy, part, ratio, grade) in CUTS.items():
        if wanted and name not in wanted:
            continue
        photo = Image.open(originals / f"{original}-unsplash.jpg").convert("RGB")
        pixels = np.clip(graded(cut(nameless(photo, original), cx, cy, part, ratio), grade), 0, 255).astype(np.uint8)
        done = Image.fromarray(pixels)
        widest = 960 if ratio < 1 else 1600
        if done.width > widest:
            done = done.resize((widest, round(widest * done.height / done.width)), Image.LANCZOS)
        file = target / f"{name}.webp"
        for quality in (76, 66, 56):
            done.save(file, quality=quality, method=6)
            if file.stat().st_size <= 120_000:
                break


main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
