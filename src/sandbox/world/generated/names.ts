type Names = readonly [string, ...string[]];

/** Given and family names that go together, in several scripts. */
export const PEOPLE: readonly [readonly [Names, Names], ...(readonly [Names, Names])[]] = [
  [
    [
      "Anna",
      "Ben",
      "Clara",
      "David",
      "Emma",
      "Felix",
      "Greta",
      "Hugo",
      "Iris",
      "Jakob",
      "Lena",
      "Max",
      "Nora",
      "Oscar",
    ],
    ["Weber", "Novak", "Larsen", "Moreau", "Rossi", "Silva", "Kowalski", "Murphy", "Jansen", "Berg", "Costa", "Horvat"],
  ],
  [
    ["Александр", "Мария", "Дмитрий", "Ольга", "Сергей", "Наталья", "Юрий", "Вера"],
    ["Шевченко", "Бондаренко", "Ткаченко", "Коваленко", "Кравчук", "Мельник"],
  ],
  [
    ["يوسف", "ليلى", "عمر", "نور", "سمير"],
    ["منصور", "حداد", "خليل", "نجار"],
  ],
  [
    ["葵", "蓮", "結衣", "大翔", "さくら"],
    ["佐藤", "鈴木", "高橋", "田中", "渡辺"],
  ],
  [
    ["Ελένη", "Γιώργος", "Σοφία", "Νίκος"],
    ["Παπαδάκης", "Γεωργίου", "Νικολαΐδης"],
  ],
];
