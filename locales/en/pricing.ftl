pricing-too-much = One order cannot cost this much; split it into several
pricing-nonsense = The prices of this order do not add up; nothing was charged

error-content = Write how much is in it as “750 ml” or “250 g / 100 g”, with a unit such as g, kg, ml, l, m, m2 or item
error-content-kinds = What is in it and what the price is told for must be of one kind: grams to kilograms, millilitres to litres
pricing-per = { $amount } / { $per }
pricing-holds-per = { $holds } · { $price }
pricing-unit-item = piece
pricing-rounding-none = As it comes
pricing-rounding-99 = To end in .99
pricing-rounding-95 = To end in .95
pricing-rounding-5 = To five cents
pricing-name-taken = There is a price list of this name
pricing-no-group = Choose a group at least, or make it a list for everybody
pricing-dates = It must end after it begins
pricing-changed = Somebody saved this list meanwhile. What you typed is still here: look at what they changed, then save again
pricing-gone = This price list is no longer there
pricing-unknown-sku = Nothing has this SKU
