#include "engine/world/domain/title_words.h"

namespace cascadelab {

const Words kPlaces =
    "Altai|Almaty|Andalusia|Antwerp|Arequipa|Aswan|Bahia|Baikal|Belfast|Bergen|Bilbao|Bogota|"
    "Bristol|Bukhara|Busan|Cadiz|Cairo|Calabria|Cape Town|Cardiff|Cork|Cusco|Dakar|Darjeeling|"
    "Dresden|Dundee|Essen|Fez|Galway|Gdansk|Genoa|Ghent|Glasgow|Goa|Gotland|Granada|Hamburg|Hanoi|"
    "Havana|Hokkaido|Hue|Izmir|Jaipur|Java|Jutland|Kerala|Kigali|Kobe|Krakow|Kyoto|Lagos|Lapland|"
    "Leipzig|Lima|Lisbon|Ljubljana|Lofoten|Lublin|Luanda|Lyon|Malaga|Malmo|Manaus|Maputo|Marseille|"
    "Mindanao|Mombasa|Montevideo|Montreal|Nairobi|Nantes|Naples|Oaxaca|Odense|Oslo|Palermo|"
    "Patagonia|Penang|Porto|Quito|Recife|Reykjavik|Riga|Rotterdam|Saigon|Salta|Samarkand|Sapporo|"
    "Sardinia|Seoul|Seville|Shetland|Siena|Sofia|Svalbard|Tallinn|Tampere|Tangier|Tasmania|Tbilisi|"
    "Thessaly|Tirana|Toledo|Trieste|Tromso|Turin|Umbria|Utrecht|Valencia|Valparaiso|Vienna|Vilnius|"
    "Yangon|Zagreb|Zanzibar|Zurich";

const Words kFirstNames =
    "Abebe|Adaeze|Aiko|Aino|Aisha|Akira|Alba|Alejandro|Alma|Amara|Amina|Amir|Ana|Anders|Andrei|"
    "Anika|Anouk|Anton|Arjun|Asha|Astrid|Ayla|Aziz|Beatriz|Benoit|Bilal|Birgit|Bjorn|Bogdan|Bruno|"
    "Camila|Carlos|Celine|Chen|Chiara|Chidi|Clara|Daan|Dalia|Daniela|Darya|Deniz|Diego|Dilnoza|"
    "Dina|Dmitri|Ebba|Eero|Eilidh|Elena|Elif|Elin|Emeka|Emil|Esi|Esther|Farah|Farid|Fatima|Felix|"
    "Fiona|Freya|Gabriel|Gita|Goran|Greta|Hana|Hanna|Haruto|Hassan|Helga|Hugo|Ibrahim|Ida|Idris|"
    "Ines|Ingrid|Irina|Isla|Ivan|Ivo|Jaako|Jasmin|Javier|Jia|Joana|Jonas|Juan|Jun|Kaito|Karim|"
    "Katya|Keiko|Kenji|Khadija|Kofi|Laila|Lars|Layla|Leila|Lena|Leo|Lien|Linh|Livia|Luca|Lucia|"
    "Magnus|Mai|Malik|Malin|Manuel|Marco|Maren|Mariam|Marta|Mateo|Matthias|Mei|Mila|Milan|Mina|"
    "Ming|Mira|Miriam|Mohan|Nadia|Naoko|Nasrin|Natasha|Ngozi|Nia|Niamh|Nikhil|Niko|Nils|Noor|Nora|"
    "Oksana|Olga|Omar|Oskar|Paolo|Parisa|Pavel|Petra|Pia|Pilar|Priya|Rafael|Rania|Ravi|Rasmus|Rosa|"
    "Ruth|Sakura|Salma|Sami|Sanjay|Sara|Selin|Sigrid|Silvia|Sina|Siobhan|Sofia|Soren|Stella|Sunil|"
    "Sven|Tadeo|Tamar|Tariq|Tarek|Tatiana|Thandi|Theo|Tomas|Tuan|Ulla|Umar|Usha|Valentina|Vera|"
    "Viktor|Viola|Wanjiru|Wei|Wiktor|Xenia|Yara|Yasmin|Yuki|Yusuf|Zainab|Zara|Zeynep|Zofia|Zuri";

}  // namespace cascadelab
