/* The time zones that people choose from, by part of the world: the places of tzdata's zone.tab. */
#include "people/people_zones.h"

#include "html/messages.h"

static const char *const africa[] = {
        "Africa/Abidjan", "Africa/Accra", "Africa/Addis_Ababa", "Africa/Algiers", "Africa/Asmara",
        "Africa/Bamako", "Africa/Bangui", "Africa/Banjul", "Africa/Bissau", "Africa/Blantyre",
        "Africa/Brazzaville", "Africa/Bujumbura", "Africa/Cairo", "Africa/Casablanca",
        "Africa/Ceuta", "Africa/Conakry", "Africa/Dakar", "Africa/Dar_es_Salaam",
        "Africa/Djibouti", "Africa/Douala", "Africa/El_Aaiun", "Africa/Freetown",
        "Africa/Gaborone", "Africa/Harare", "Africa/Johannesburg", "Africa/Juba", "Africa/Kampala",
        "Africa/Khartoum", "Africa/Kigali", "Africa/Kinshasa", "Africa/Lagos", "Africa/Libreville",
        "Africa/Lome", "Africa/Luanda", "Africa/Lubumbashi", "Africa/Lusaka", "Africa/Malabo",
        "Africa/Maputo", "Africa/Maseru", "Africa/Mbabane", "Africa/Mogadishu", "Africa/Monrovia",
        "Africa/Nairobi", "Africa/Ndjamena", "Africa/Niamey", "Africa/Nouakchott",
        "Africa/Ouagadougou", "Africa/Porto-Novo", "Africa/Sao_Tome", "Africa/Tripoli",
        "Africa/Tunis", "Africa/Windhoek",
        NULL,
};

static const char *const america[] = {
        "America/Adak", "America/Anchorage", "America/Anguilla", "America/Antigua",
        "America/Araguaina", "America/Argentina/Buenos_Aires", "America/Argentina/Catamarca",
        "America/Argentina/Cordoba", "America/Argentina/Jujuy", "America/Argentina/La_Rioja",
        "America/Argentina/Mendoza", "America/Argentina/Rio_Gallegos", "America/Argentina/Salta",
        "America/Argentina/San_Juan", "America/Argentina/San_Luis", "America/Argentina/Tucuman",
        "America/Argentina/Ushuaia", "America/Aruba", "America/Asuncion", "America/Atikokan",
        "America/Bahia", "America/Bahia_Banderas", "America/Barbados", "America/Belem",
        "America/Belize", "America/Blanc-Sablon", "America/Boa_Vista", "America/Bogota",
        "America/Boise", "America/Cambridge_Bay", "America/Campo_Grande", "America/Cancun",
        "America/Caracas", "America/Cayenne", "America/Cayman", "America/Chicago",
        "America/Chihuahua", "America/Ciudad_Juarez", "America/Costa_Rica", "America/Coyhaique",
        "America/Creston", "America/Cuiaba", "America/Curacao", "America/Danmarkshavn",
        "America/Dawson", "America/Dawson_Creek", "America/Denver", "America/Detroit",
        "America/Dominica", "America/Edmonton", "America/Eirunepe", "America/El_Salvador",
        "America/Fort_Nelson", "America/Fortaleza", "America/Glace_Bay", "America/Goose_Bay",
        "America/Grand_Turk", "America/Grenada", "America/Guadeloupe", "America/Guatemala",
        "America/Guayaquil", "America/Guyana", "America/Halifax", "America/Havana",
        "America/Hermosillo", "America/Indiana/Indianapolis", "America/Indiana/Knox",
        "America/Indiana/Marengo", "America/Indiana/Petersburg", "America/Indiana/Tell_City",
        "America/Indiana/Vevay", "America/Indiana/Vincennes", "America/Indiana/Winamac",
        "America/Inuvik", "America/Iqaluit", "America/Jamaica", "America/Juneau",
        "America/Kentucky/Louisville", "America/Kentucky/Monticello", "America/Kralendijk",
        "America/La_Paz", "America/Lima", "America/Los_Angeles", "America/Lower_Princes",
        "America/Maceio", "America/Managua", "America/Manaus", "America/Marigot",
        "America/Martinique", "America/Matamoros", "America/Mazatlan", "America/Menominee",
        "America/Merida", "America/Metlakatla", "America/Mexico_City", "America/Miquelon",
        "America/Moncton", "America/Monterrey", "America/Montevideo", "America/Montserrat",
        "America/Nassau", "America/New_York", "America/Nome", "America/Noronha",
        "America/North_Dakota/Beulah", "America/North_Dakota/Center",
        "America/North_Dakota/New_Salem", "America/Nuuk", "America/Ojinaga", "America/Panama",
        "America/Paramaribo", "America/Phoenix", "America/Port-au-Prince", "America/Port_of_Spain",
        "America/Porto_Velho", "America/Puerto_Rico", "America/Punta_Arenas",
        "America/Rankin_Inlet", "America/Recife", "America/Regina", "America/Resolute",
        "America/Rio_Branco", "America/Santarem", "America/Santiago", "America/Santo_Domingo",
        "America/Sao_Paulo", "America/Scoresbysund", "America/Sitka", "America/St_Barthelemy",
        "America/St_Johns", "America/St_Kitts", "America/St_Lucia", "America/St_Thomas",
        "America/St_Vincent", "America/Swift_Current", "America/Tegucigalpa", "America/Thule",
        "America/Tijuana", "America/Toronto", "America/Tortola", "America/Vancouver",
        "America/Whitehorse", "America/Winnipeg", "America/Yakutat",
        NULL,
};

static const char *const asia[] = {
        "Asia/Aden", "Asia/Almaty", "Asia/Amman", "Asia/Anadyr", "Asia/Aqtau", "Asia/Aqtobe",
        "Asia/Ashgabat", "Asia/Atyrau", "Asia/Baghdad", "Asia/Bahrain", "Asia/Baku",
        "Asia/Bangkok", "Asia/Barnaul", "Asia/Beirut", "Asia/Bishkek", "Asia/Brunei", "Asia/Chita",
        "Asia/Colombo", "Asia/Damascus", "Asia/Dhaka", "Asia/Dili", "Asia/Dubai", "Asia/Dushanbe",
        "Asia/Famagusta", "Asia/Gaza", "Asia/Hebron", "Asia/Ho_Chi_Minh", "Asia/Hong_Kong",
        "Asia/Hovd", "Asia/Irkutsk", "Asia/Jakarta", "Asia/Jayapura", "Asia/Jerusalem",
        "Asia/Kabul", "Asia/Kamchatka", "Asia/Karachi", "Asia/Kathmandu", "Asia/Khandyga",
        "Asia/Kolkata", "Asia/Krasnoyarsk", "Asia/Kuala_Lumpur", "Asia/Kuching", "Asia/Kuwait",
        "Asia/Macau", "Asia/Magadan", "Asia/Makassar", "Asia/Manila", "Asia/Muscat",
        "Asia/Nicosia", "Asia/Novokuznetsk", "Asia/Novosibirsk", "Asia/Omsk", "Asia/Oral",
        "Asia/Phnom_Penh", "Asia/Pontianak", "Asia/Pyongyang", "Asia/Qatar", "Asia/Qostanay",
        "Asia/Qyzylorda", "Asia/Riyadh", "Asia/Sakhalin", "Asia/Samarkand", "Asia/Seoul",
        "Asia/Shanghai", "Asia/Singapore", "Asia/Srednekolymsk", "Asia/Taipei", "Asia/Tashkent",
        "Asia/Tbilisi", "Asia/Tehran", "Asia/Thimphu", "Asia/Tokyo", "Asia/Tomsk",
        "Asia/Ulaanbaatar", "Asia/Urumqi", "Asia/Ust-Nera", "Asia/Vientiane", "Asia/Vladivostok",
        "Asia/Yakutsk", "Asia/Yangon", "Asia/Yekaterinburg", "Asia/Yerevan",
        NULL,
};

static const char *const atlantic[] = {
        "Atlantic/Azores", "Atlantic/Bermuda", "Atlantic/Canary", "Atlantic/Cape_Verde",
        "Atlantic/Faroe", "Atlantic/Madeira", "Atlantic/Reykjavik", "Atlantic/South_Georgia",
        "Atlantic/St_Helena", "Atlantic/Stanley",
        NULL,
};

static const char *const australia[] = {
        "Australia/Adelaide", "Australia/Brisbane", "Australia/Broken_Hill", "Australia/Darwin",
        "Australia/Eucla", "Australia/Hobart", "Australia/Lindeman", "Australia/Lord_Howe",
        "Australia/Melbourne", "Australia/Perth", "Australia/Sydney",
        NULL,
};

static const char *const europe[] = {
        "Europe/Amsterdam", "Europe/Andorra", "Europe/Astrakhan", "Europe/Athens",
        "Europe/Belgrade", "Europe/Berlin", "Europe/Bratislava", "Europe/Brussels",
        "Europe/Bucharest", "Europe/Budapest", "Europe/Busingen", "Europe/Chisinau",
        "Europe/Copenhagen", "Europe/Dublin", "Europe/Gibraltar", "Europe/Guernsey",
        "Europe/Helsinki", "Europe/Isle_of_Man", "Europe/Istanbul", "Europe/Jersey",
        "Europe/Kaliningrad", "Europe/Kirov", "Europe/Kyiv", "Europe/Lisbon", "Europe/Ljubljana",
        "Europe/London", "Europe/Luxembourg", "Europe/Madrid", "Europe/Malta", "Europe/Mariehamn",
        "Europe/Minsk", "Europe/Monaco", "Europe/Moscow", "Europe/Oslo", "Europe/Paris",
        "Europe/Podgorica", "Europe/Prague", "Europe/Riga", "Europe/Rome", "Europe/Samara",
        "Europe/San_Marino", "Europe/Sarajevo", "Europe/Saratov", "Europe/Simferopol",
        "Europe/Skopje", "Europe/Sofia", "Europe/Stockholm", "Europe/Tallinn", "Europe/Tirane",
        "Europe/Ulyanovsk", "Europe/Vaduz", "Europe/Vatican", "Europe/Vienna", "Europe/Vilnius",
        "Europe/Volgograd", "Europe/Warsaw", "Europe/Zagreb", "Europe/Zurich",
        NULL,
};

static const char *const indian[] = {
        "Indian/Antananarivo", "Indian/Chagos", "Indian/Christmas", "Indian/Cocos",
        "Indian/Comoro", "Indian/Kerguelen", "Indian/Mahe", "Indian/Maldives", "Indian/Mauritius",
        "Indian/Mayotte", "Indian/Reunion",
        NULL,
};

static const char *const pacific[] = {
        "Pacific/Apia", "Pacific/Auckland", "Pacific/Bougainville", "Pacific/Chatham",
        "Pacific/Chuuk", "Pacific/Easter", "Pacific/Efate", "Pacific/Fakaofo", "Pacific/Fiji",
        "Pacific/Funafuti", "Pacific/Galapagos", "Pacific/Gambier", "Pacific/Guadalcanal",
        "Pacific/Guam", "Pacific/Honolulu", "Pacific/Kanton", "Pacific/Kiritimati",
        "Pacific/Kosrae", "Pacific/Kwajalein", "Pacific/Majuro", "Pacific/Marquesas",
        "Pacific/Midway", "Pacific/Nauru", "Pacific/Niue", "Pacific/Norfolk", "Pacific/Noumea",
        "Pacific/Pago_Pago", "Pacific/Palau", "Pacific/Pitcairn", "Pacific/Pohnpei",
        "Pacific/Port_Moresby", "Pacific/Rarotonga", "Pacific/Saipan", "Pacific/Tahiti",
        "Pacific/Tarawa", "Pacific/Tongatapu", "Pacific/Wake", "Pacific/Wallis",
        NULL,
};

static const char *const arctic[] = {
        "Arctic/Longyearbyen",
        NULL,
};

static const char *const antarctica[] = {
        "Antarctica/Casey", "Antarctica/Davis", "Antarctica/DumontDUrville",
        "Antarctica/Macquarie", "Antarctica/Mawson", "Antarctica/McMurdo", "Antarctica/Palmer",
        "Antarctica/Rothera", "Antarctica/Syowa", "Antarctica/Troll", "Antarctica/Vostok",
        NULL,
};

static const struct { const char *label; const char *const *zones; } regions[] = {
        {M_("Africa"), africa},
        {M_("The Americas"), america},
        {M_("Asia"), asia},
        {M_("Atlantic islands"), atlantic},
        {M_("Australia"), australia},
        {M_("Europe"), europe},
        {M_("Islands of the Indian Ocean"), indian},
        {M_("Islands of the Pacific"), pacific},
        {M_("The Arctic"), arctic},
        {M_("Antarctica"), antarctica},
};

enum { REGIONS = sizeof regions / sizeof regions[0] };

/* "America/Argentina/Buenos_Aires" is Buenos Aires to whoever lives there. */
static struct text city_of(struct arena *a, const char *name)
{
        const char *city = name;
        struct text t;

        for (const char *c = name; *c; c++)
                if (*c == '/')
                        city = c + 1;
        t = text_of(city);
        char *copy = arena_dup(a, t.p, t.n);
        for (size_t i = 0; i < t.n; i++)
                if (copy[i] == '_')
                        copy[i] = ' ';
        return (struct text) {copy, t.n};
}

static size_t count(const char *const *zones)
{
        size_t n = 0;

        while (zones[n])
                n++;
        return n;
}

static struct people_zone_group group(struct arena *a, size_t i, struct text chosen, bool *found)
{
        const char *const *zones = regions[i].zones;
        struct people_zone_group g = {.label = regions[i].label,
                .row = arena_array(a, struct people_zone, count(zones))};

        for (; zones[g.n]; g.n++) {
                bool here = text_is(chosen, zones[g.n]);
                g.row[g.n] = (struct people_zone) {text_of(zones[g.n]), city_of(a, zones[g.n]),
                        here};
                *found |= here;
        }
        return g;
}

struct people_zone_groups people_zones(struct arena *a, struct text chosen)
{
        struct people_zone_groups all = {.row = arena_array(a, struct people_zone_group, REGIONS +
                                                            1)};
        bool found = false;

        for (size_t i = 0; i < REGIONS; i++)
                all.row[all.n++] = group(a, i, chosen, &found);
        if (!found && chosen.n) {
                struct people_zone *own = arena_new_of(a, struct people_zone);
                *own = (struct people_zone) {chosen, city_of(a, text_c(a, chosen)), true};
                all.row[all.n++] = (struct people_zone_group) {.label = M_("Yours"), .n = 1,
                        .row = own};
        }
        return all;
}
