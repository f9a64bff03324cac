"""Short names of places and industries: the official ones do not fit beside a bar."""

from __future__ import annotations

SHORTER = {
    "Agents and Managers for Artists, Athletes, Entertainers, and Other Public Figures": (
        "Agents of artists"
    ),
    "Navigational, Measuring, Electromedical, and Control Instruments Manufacturing": "Instruments",
    "Household and Institutional Furniture and Kitchen Cabinet Manufacturing": "Furniture",
    "Household Appliances and Electrical and Electronic Goods Merchant Wholesalers": (
        "Wholesale: electronics"
    ),
    "Professional and Commercial Equipment and Supplies Merchant Wholesalers": (
        "Wholesale: professional equipment"
    ),
    "Semiconductor and Other Electronic Component Manufacturing": "Semiconductors",
    "Securities and Commodity Contracts Intermediation and Brokerage": "Securities brokerage",
    "Agriculture, Construction, and Mining Machinery Manufacturing": "Farm and mine machinery",
    "Fruit and Vegetable Preserving and Specialty Food Manufacturing": (
        "Preserved fruit and vegetables"
    ),
    "General Merchandise Stores, incl. Warehouse Clubs and Supercenters": "Warehouse clubs",
    "Apparel, Piece Goods, and Notions Merchant Wholesalers": "Wholesale: clothing",
    "Grocery and Related Product Merchant Wholesalers": "Wholesale: groceries",
    "Farm Product Raw Material Merchant Wholesalers": "Wholesale: farm products",
    "Miscellaneous Nondurable Goods Merchant Wholesalers": "Wholesale: other goods",
    "Lumber and Other Construction Materials Merchant Wholesalers": "Wholesale: timber",
    "Furniture and Home Furnishing Merchant Wholesalers": "Wholesale: furniture",
    "Foundation, Structure, and Building Exterior Contractors": "Foundations and walls",
    "Business, Professional, Labor, Political, and Similar Organizations": "Associations",
    "Promoters of Performing Arts, Sports, and Similar Events": "Promoters of events",
    "Activities Related to Credit Intermediation": "Services for credit",
    "Support Activities for Water Transportation": "Services for ships and ports",
    "Support Activities for Crop Production": "Support for crop farming",
    "Support Activities for Animal Production": "Support for animal farming",
    "Colleges, Universities, and Professional Schools": "Universities",
    "Data Processing, Hosting, and Related Services": "Data processing and hosting",
    "Computer and Peripheral Equipment Manufacturing": "Computers",
    "Wired and Wireless Telecommunications Carriers": "Telephone and Internet networks",
    "Computer Systems Design and Related Services": "Computer services",
    "Scientific Research and Development Services": "Research",
    "Other Amusement and Recreation Industries": "Sports clubs, golf, fitness",
    "Aerospace Product and Parts Manufacturing": "Aerospace",
    "Independent Artists, Writers, and Performers": "Artists and writers",
    "Pharmaceutical and Medicine Manufacturing": "Pharmaceuticals",
    "Management of Companies and Enterprises": "Head offices",
    "Petroleum and Coal Products Manufacturing": "Petroleum products",
    "Medical Equipment and Supplies Manufacturing": "Medical equipment",
    "Investigation and Security Services": "Security services",
    "General Medical and Surgical Hospitals": "Hospitals",
    "Communications Equipment Manufacturing": "Communications equipment",
    "Seafood Product Preparation and Packaging": "Seafood",
    "Animal Slaughtering and Processing": "Meat",
    "Cable and Other Subscription Programming": "Cable television",
    "Services to Buildings and Dwellings": "Care of buildings",
    "Residential Building Construction": "Building of homes",
    "Activities Related to Real Estate": "Services for real estate",
    "Restaurants and Other Eating Places": "Restaurants",
    "Automotive Repair and Maintenance": "Car repair",
    "Motion Picture and Video Industries": "Film and video",
    "Individual and Family Services": "Care of people at home",
    "Building Equipment Contractors": "Electricians and plumbers",
    "Building Finishing Contractors": "Painters and finishers",
    "Cut and Sew Apparel Manufacturing": "Clothing",
    "Spectator Sports": "Spectator sports",
    "Amusement Parks and Arcades": "Amusement parks",
    "Office Administrative Services": "Office services",
    "Specialized Freight Trucking": "Special freight by road",
    "Motor Vehicle Parts Manufacturing": "Parts of vehicles",
    "Motor Vehicle Manufacturing": "Motor vehicles",
    "Other Information Services": "Web portals and archives",
    "Warehousing and Storage": "Warehouses",
    "Sound Recording Industries": "Sound recording",
    "Beverage Manufacturing": "Beverages",
    "Dairy Product Manufacturing": "Dairy",
    "Other Food Manufacturing": "Other food",
    "Basic Chemical Manufacturing": "Basic chemicals",
    "Performing Arts Companies": "Theatre, dance, music",
    "Outpatient Care Centers": "Outpatient care",
    "Traveler Accommodation": "Hotels",
    "Ship and Boat Building": "Ships and boats",
    "Oil and Gas Extraction": "Oil and gas",
    "Support Activities for Mining": "Support for mining",
    "Software Publishers": "Software",
    "Insurance Carriers": "Insurance",
    "Gambling Industries": "Gambling",
    "Employment Services": "Temporary work",
    "Footwear Manufacturing": "Footwear",
    "Forging and Stamping": "Forging",
    "Fabric Mills": "Fabrics",
    # three digits, for the states
    "Performing Arts, Spectator Sports, and Related Industries": "Performing arts and sports",
    "Religious, Grantmaking, Civic, Professional, and Similar Organizations": "Associations",
    "Securities, Commodity Contracts, and Other Financial Investments and Related Activities": (
        "Securities brokerage"
    ),
    "Sporting Goods, Hobby, Musical Instrument, and Book Stores": "Shops: sport, hobby, books",
    "Building Material and Garden Equipment and Supplies Dealers": "Shops: building and garden",
    "Motion Picture and Sound Recording Industries": "Film and music",
    "Amusement, Gambling, and Recreation Industries": "Amusement and gambling",
    "Waste Management and Remediation Services": "Waste management",
    "Professional, Scientific, and Technical Services": "Professional services",
    "Credit Intermediation and Related Activities": "Banks and credit",
    "Insurance Carriers and Related Activities": "Insurance and its agents",
    "Heavy and Civil Engineering Construction": "Civil engineering",
    "Transit and Ground Passenger Transportation": "Buses and taxis",
    "Nursing and Residential Care Facilities": "Nursing homes",
    "Printing and Related Support Activities": "Printing",
    "Publishing Industries (except Internet)": "Publishing and software",
    "Clothing and Clothing Accessories Stores": "Shops: clothing",
    "Fabricated Metal Product Manufacturing": "Metal products",
    "Furniture and Home Furnishings Stores": "Shops: furniture",
    "Merchant Wholesalers, Nondurable Goods": "Wholesale: food, clothing, paper",
    "Merchant Wholesalers, Durable Goods": "Wholesale: machines, durable goods",
    "Administrative and Support Services": "Administrative support",
    "Food Services and Drinking Places": "Restaurants and bars",
    "Support Activities for Transportation": "Services for transport",
    "Electronics and Appliance Stores": "Shops: electronics",
    "Ambulatory Health Care Services": "Doctors and outpatient care",
    "Motor Vehicle and Parts Dealers": "Car dealers",
    "Health and Personal Care Stores": "Shops: health",
    "Miscellaneous Store Retailers": "Shops: others",
    "Personal and Laundry Services": "Personal services",
    "Rental and Leasing Services": "Rental and leasing",
    "Specialty Trade Contractors": "Building trades",
    "Food and Beverage Stores": "Shops: food",
    "General Merchandise Stores": "Shops: department stores",
    "Social Assistance": "Social care",
    "Educational Services": "Private schools and universities",
    "Gasoline Stations": "Gasoline stations",
    "Air Transportation": "Air transport",
    "Accommodation": "Hotels and camps",
    "Construction of Buildings": "Construction of buildings",
    "Machinery Manufacturing": "Machinery",
    "Miscellaneous Manufacturing": "Other manufacturing",
    "Repair and Maintenance": "Repair",
    "Couriers and Messengers": "Couriers",
    "Truck Transportation": "Road freight",
    "Nonstore Retailers": "Shops: online",
}
"""Industries that the lesson meets often. Others keep as much of their name as fits."""

LONGEST = 36


def short_industry(name: str) -> str:
    """The name of an industry as it fits beside a bar.

    Examples
    --------
    >>> short_industry("Motion Picture and Video Industries")
    'Film and video'
    >>> short_industry("Glass and Glass Product Manufacturing")
    'Glass and Glass Product Manufacturing'
    """
    text = SHORTER.get(name.strip(), name.strip())
    if len(text) <= LONGEST + 1:
        return text
    return text[: LONGEST + 1].rsplit(" ", 1)[0].rstrip(",") + " ..."


def short_place(name: str) -> str:
    """The first town in the name of a metro.

    Examples
    --------
    >>> short_place("Los Angeles-Long Beach-Anaheim, CA")
    'Los Angeles'
    """
    return name.split(",")[0].split("-")[0]
