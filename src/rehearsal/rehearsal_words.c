#include "rehearsal/rehearsal_words.h"

const struct rehearsal_tongue rehearsal_tongues[REHEARSAL_TONGUES] = {
        {"Europe/Lisbon",
         "Lisbon",
         "pt,en",
         {"Ana", "João", "Beatriz", "Tiago", "Inês", "Rui", "Mariana", "Diogo"},
         {"Pereira", "Carvalho", "Nunes da Silva", "Teixeira", "Gonçalves", "Ramos", "Fonseca",
          "Lopes"}},
        {"Asia/Karachi",
         "Karachi",
         "ur,en",
         {"Tariq", "Ayesha", "Bilal", "Sana", "Usman", "Hina", "Faisal", "Maryam"},
         {"Qureshi", "Malik", "Siddiqui", "Chaudhry", "Baig", "Rehman", "Ansari", "Iqbal"}},
        {"Africa/Lagos",
         "Lagos",
         "en,yo",
         {"Folake", "Tunde", "Adaeze", "Kunle", "Yetunde", "Segun", "Bisi", "Olumide"},
         {"Adebayo", "Ogunleye", "Babatunde", "Olatunji", "Akinwande", "Oyelaran", "Balogun",
          "Fashola"}},
        {"Europe/Stockholm",
         "Uppsala",
         "sv,en",
         {"Astrid", "Björn", "Elsa", "Nils", "Maja", "Gustav", "Linnea", "Åke"},
         {"Lindqvist", "Öberg", "Nyström", "Sjögren", "Hedlund", "Ekström", "Wallin", "Dahl"}},
        {"Asia/Shanghai",
         "Chengdu",
         "zh,en",
         {"Mei", "Jun", "Xiulan", "Wei", "Yuting", "Hao", "Lili", "Zhiyuan"},
         {"Lin 林", "Zhao 赵", "Huang 黄", "Sun 孙", "Guo 郭", "Xu 徐", "Tang 唐", "Deng 邓"}},
        {"Africa/Cairo",
         "Alexandria",
         "ar,en,fr",
         {"Layla", "Omar", "Nour", "Karim", "Salma", "Hassan", "Dalia", "Youssef"},
         {"El-Masry", "Abdel Rahman", "Farouk", "Shahin", "Mansour", "Hegazy", "Nassar", "Ezzat"}},
        {"Europe/Berlin",
         "Leipzig",
         "de,en",
         {"Katharina", "Jonas", "Ulrike", "Matthias", "Anneliese", "Lukas", "Sabine", "Götz"},
         {"Vogel", "Schäfer", "Hoffmann", "Krüger", "Freiherr von Löwenstein-Wertheim", "Brandt",
          "Weiß", "Zimmermann"}},
        {"Asia/Kolkata",
         "Pune",
         "hi,mr,en",
         {"Priya", "Arjun", "Kavita", "Rohan", "Deepa", "Sanjay", "Ishita", "Vikram"},
         {"Deshpande", "Sharma", "Kulkarni", "Venkataraghavan", "Joshi", "Patil", "Mehta", "Nair"}},
        {"America/Bogota",
         "Medellín",
         "es,en",
         {"Valentina", "Mateo", "Camila", "Andrés", "Luciana", "Santiago", "Paola", "Joaquín"},
         {"Restrepo", "Muñoz Cárdenas", "Arango", "Giraldo", "Vélez", "Zapata", "Ospina", "Cano"}},
        {"Africa/Nairobi",
         "Nairobi",
         "en,sw",
         {"Wanjiru", "Otieno", "Achieng", "Kamau", "Njeri", "Kiprop", "Atieno", "Mwangi"},
         {"Kariuki", "Odhiambo", "Wekesa", "Chebet", "Mutua", "Njoroge", "Onyango", "Maina"}},
        {"Pacific/Auckland",
         "Rotorua",
         "mi,en",
         {"Aroha", "Tāne", "Mere", "Wiremu", "Hinemoa", "Rangi", "Ngaire", "Hēmi"},
         {"Parata", "Ngata", "Te Kanawa", "Pōtae", "Tāmihana", "Rāpana", "Wihongi", "Karaka"}},
        {"Europe/Paris",
         "Rennes",
         "fr,en",
         {"Chloé", "Mathieu", "Inès", "Étienne", "Margaux", "Loïc", "Solène", "Rémi"},
         {"Lefèvre", "Morvan", "Garnier", "Le Bihan", "Chevallier", "Roussel", "Perrin",
          "D'Aubigny"}},
        {"Europe/Warsaw",
         "Łódź",
         "pl,en",
         {"Agnieszka", "Paweł", "Zofia", "Michał", "Kinga", "Tomasz", "Małgorzata", "Wojciech"},
         {"Wiśniewska", "Kowalczyk", "Zieliński", "Szczepańska", "Brzęczyszczykiewicz", "Dąbrowska",
          "Mazur", "Pawlak"}},
        {"Europe/Istanbul",
         "İzmir",
         "tr,en",
         {"Elif", "Emre", "Zeynep", "Çağlar", "Defne", "Mert", "Gülşen", "Barış"},
         {"Yıldız", "Öztürk", "Aydın", "Şahin", "Koç", "Erdoğmuş", "Tekin", "Arslan"}},
        {"America/Chicago",
         "Chicago",
         "en,es",
         {"Grace", "Marcus", "Rosa", "Darnell", "Amy", "Luis", "Keisha", "Walter"},
         {"Whitfield", "Alvarez", "Thompson", "Nguyen", "Kowalski", "Brooks", "Delgado", "Hayes"}},
        {"America/Sao_Paulo",
         "Recife",
         "pt,en",
         {"Juliana", "Rafael", "Larissa", "Thiago", "Conceição", "Caio", "Fernanda", "Wesley"},
         {"Albuquerque", "Cavalcanti", "Souza", "Monteiro", "dos Santos Oliveira", "Barros", "Lins",
          "Queiroz"}},
        {"Asia/Tokyo",
         "Sendai",
         "ja,en",
         {"Haruka", "Kenji", "Yumi", "Daisuke", "Sakura", "Takeshi", "Naoko", "Shun"},
         {"Tanaka", "Kobayashi", "Fujimoto", "Hashimoto", "Ōnishi", "Matsuda", "Ishikawa",
          "Saitō"}},
        {"Europe/Dublin",
         "Galway",
         "en,ga",
         {"Siobhán", "Cian", "Aoife", "Declan", "Niamh", "Eoin", "Gráinne", "Pádraig"},
         {"O'Sullivan", "Ní Dhomhnaill", "Byrne", "McCarthy", "Gallagher", "Quinn", "Ó Briain",
          "Walsh"}},
};

const struct rehearsal_theme rehearsal_themes[REHEARSAL_THEMES] = {
        {{"Leading a team", "Giving feedback", "Delegating"},
         {"Lead my first team without doing everybody's work myself",
          "Give honest feedback within a week, not at the yearly talk",
          "Run a team meeting that people leave with a decision"},
         "Operations",
         "Head of operations",
         "Team coordinator",
         "I led teams in three countries and made most of the mistakes already.",
         "I was asked to lead six colleagues last spring and am still finding out how."},
        {{"Speaking in public", "Writing clearly", "Presenting figures"},
         {"Speak to forty people without reading from the page",
          "Write a proposal of two pages that is read to the end",
          "Explain our figures so that nobody needs to ask twice"},
         "Communications",
         "Director of communications",
         "Communications officer",
         "I have written for ministers and for schoolchildren, and prefer the second.",
         "I write well and speak badly; I should like that to change."},
        {{"Working with data", "Statistics", "Automating routine work"},
         {"Turn our monthly report from two days of work into two hours",
          "Know when a difference is a difference and when it is noise",
          "Build one small tool that my colleagues really use"},
         "Analysis",
         "Principal analyst",
         "Junior analyst",
         "I count things for a living and still enjoy a good plot.",
         "I came from teaching to analysis and learn something new each week."},
        {{"Changing careers", "Job applications", "Finding one's strengths"},
         {"Decide by summer whether to stay in my field",
          "Describe what I am good at in three sentences I believe",
          "Speak with five people who do the work I think I want"},
         "Services",
         "Partner, people and culture",
         "Case worker",
         "I changed careers twice, once too early and once just in time.",
         "After eleven years in one place I wonder what else there is."},
        {{"Research", "Grant proposals", "Supervising students"},
         {"Send off my first grant proposal as the lead author",
          "Supervise two students without losing my own research days",
          "Choose which of three projects to stop"},
         "Research",
         "Professor of public health",
         "Postdoctoral researcher",
         "I run a small group and read too many proposals, good and bad.",
         "I finished my thesis a year ago and look for the next question."},
        {{"Negotiating", "Managing projects", "Saying no"},
         {"Negotiate a budget without giving away the first third",
          "Say no in a way that people still ask me next time",
          "Bring one project to its end on the day we promised"},
         "Projects",
         "Programme director",
         "Project assistant",
         "I build things with many people who do not report to me.",
         "I say yes too often, and then I work at night."},
};

const char *const rehearsal_interests[REHEARSAL_INTERESTS] = {
        "choir singing",       "long walks",   "chess",        "growing vegetables", "old films",
        "swimming in the sea", "cycling",      "baking bread", "local history",      "football",
        "learning languages",  "birdwatching",
};

const char *const rehearsal_hours[REHEARSAL_HOURS] = {
        "mon-fri 17:00-20:00",
        "mon-fri 08:00-10:00; mon-thu 16:00-19:00",
        "tue-thu 12:00-14:00; mon-fri 17:00-21:00",
        "mon-fri 09:00-17:00",
        "mon-fri 07:00-09:00; sat 09:00-12:00",
};

const char *const rehearsal_employers[REHEARSAL_EMPLOYERS] = {
        "Harbour Health Trust", "Linden Institute", "City of Varnhem", "Open Rivers Foundation",
        "Northlight Energy",    "Tallow & Reed",    "Atlas Freight",
};

const char *const rehearsal_first_messages[REHEARSAL_SAYINGS] = {
        "I am glad that we are going to work together. What I hope for is a person to think aloud "
        "with, somebody who asks before "
        "answering. Would a call next week suit you? Evenings are best for me.",
        "thank you for saying yes. I have read what you offer and thought: that is the "
        "conversation I have been missing. May I ask "
        "how you began?",
        "this is my first time being mentored, so please tell me if I do something odd. I would "
        "like to begin with what you wish "
        "somebody had told you.",
        "I have three things on my mind and cannot decide which comes first. Perhaps you can help "
        "me sort them. I am free most "
        "afternoons.",
        "nice to meet you, if only in writing. I rarely speak to anybody outside my team, so I am glad.",
        "before we speak: what should I prepare? One good question is better than ten, I think.",
};

const char *const rehearsal_first_replies[REHEARSAL_SAYINGS] = {
        "how good to hear from you. Come as you are; one good question is plenty. I suggest we "
        "begin with your story and mine, and "
        "leave plans for the second time.",
        "thank you for writing first, that takes a little courage. Evenings suit me too. Shall we "
        "say three quarters of an hour?",
        "I began by accident, and I will tell you how. Until then: what would make these nine "
        "months worth your time?",
        "sorting is what I am best at. Bring all three, and we will see which one the others "
        "depend on.",
        "distance is no obstacle, I have worked that way for years. Video if the line allows it, "
        "the telephone if not.",
        "no preparation needed for the first time. Have something to drink, and tell me what your "
        "week looks like.",
};

const char *const rehearsal_mentee_says[REHEARSAL_SAYINGS] = {
        "I tried what we spoke about, and it went better than I feared. They even asked a question "
        "back.",
        "a short one from the train: the meeting is moved to Thursday, so I have two more days to "
        "prepare. Would you look at my "
        "outline?",
        "I did not get round to it. The week was full, and to be honest I was putting it off. Can "
        "we talk about why?",
        "here is the draft. The second part is thin, I know. What would you leave out?",
        "my colleague reacted quite differently from what we expected. I would like to understand "
        "what happened.",
        "thank you for the name you gave me. We spoke for twenty minutes and I have three pages of "
        "notes.",
};

const char *const rehearsal_mentor_says[REHEARSAL_SAYINGS] = {
        "well done. What do you think made the difference? Write it down while it is fresh.",
        "I have read it. Begin with your last paragraph, it is what they need to know. The rest "
        "can follow.",
        "putting things off is information too. Let us look at it when we speak, without hurry.",
        "I thought of you this week: something like this happened to me years ago, and I handled "
        "it badly. I will tell you.",
        "happy to look at it by Friday. Which question would you like me to read it with?",
        "that sounds like a hard conversation. What did you want them to understand?",
};

const char *const rehearsal_help[REHEARSAL_SAYINGS] = {
        "The video link of our meeting opens, but I hear nothing. Is there a number to ring?",
        "I cannot find where to change the time of our next meeting.",
        "I am moving to another country next month. Does my time zone change by itself?",
        "My screen reader stops at the calendar. Is there another way to choose a day?",
        "I would like to see the first module again before we meet. Where do I find it?",
        "How can I get a letter for my manager that says what this programme is?",
};
