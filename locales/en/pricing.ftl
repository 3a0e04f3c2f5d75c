pricing-too-much = One order cannot cost this much; split it into several
pricing-nonsense = The prices of this order do not add up; nothing was charged
