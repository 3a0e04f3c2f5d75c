tax-twice = { $country } stands in the table twice
tax-unnamed = The tax of { $country } needs a name, as it is printed on bills
tax-out-of-range = The rate of { $country } must be between 0 and 100 %
