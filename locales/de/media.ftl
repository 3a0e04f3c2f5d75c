media-too-large = Diese Datei ist größer als { $megabytes } MB. Bitte speichern Sie das Bild kleiner und versuchen Sie es noch einmal.
media-not-a-picture = Diese Datei ist kein Bild im Format JPEG, PNG oder WebP.
media-svg = Das ist eine SVG-Zeichnung. Bitte speichern Sie sie als JPEG, PNG oder WebP.
media-too-many-pixels = Dieses Bild hat mehr als { $megapixels } Millionen Bildpunkte. Bitte speichern Sie es kleiner und versuchen Sie es noch einmal.
media-broken = Dieses Bild ist beschädigt und lässt sich nicht öffnen.
media-used = Etwas im Shop zeigt dieses Bild; entfernen lässt es sich erst, wenn nichts es mehr zeigt
