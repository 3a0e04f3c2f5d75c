media-too-large = This file is larger than { $megabytes } MB. Please save the picture smaller and try again.
media-not-a-picture = This file is no JPEG, PNG or WebP picture.
media-svg = This is an SVG drawing. Please save it as a JPEG, PNG or WebP picture.
media-too-many-pixels = This picture has more than { $megapixels } million pixels. Please save it smaller and try again.
media-broken = This picture is damaged and cannot be opened.
media-used = Something in the shop shows this picture; it can be removed once nothing does
