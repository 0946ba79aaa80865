import type { Person } from './hospital.js';

export const GENERATED_PEOPLE = 10_000;

const SURNAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹';
const GIVEN_FIRST = '建志文秀国俊明晓海丽雅思子雨嘉浩欣梦佳宇';
const GIVEN_SECOND = '伟芳娜敏静强磊洋艳勇军杰涛超明霞平刚桂英华玲飞鑫波斌宁凯婷辉';

const DEPARTMENT_NAMES = [
  '呼吸内科',
  '消化内科',
  '神经内科',
  '肾内科',
  '内分泌科',
  '血液科',
  '骨科',
  '泌尿外科',
  '神经外科',
  '胸外科',
  '妇产科',
  '儿科',
  '眼科',
  '耳鼻喉科',
  '口腔科',
  '皮肤科',
  '急诊科',
  '检验科',
  '放射科',
  '药剂科',
];

const departmentCode = (index: number): string => `D${String(index + 1).padStart(2, '0')}`;
const pick = (characters: string, index: number): string => characters.charAt(index % characters.length);

/** D01 to D20, among which the generated people are spread evenly. */
export const GENERATED_DEPARTMENTS = DEPARTMENT_NAMES.map((name, index) => ({
  kind: 'department' as const,
  code: departmentCode(index),
  name,
}));

/** The same people every time. */
export function* generatedPeople(): Generator<Person> {
  for (let number = 1; number <= GENERATED_PEOPLE; number++) {
    const code = generatedCode(number);
    const given = Math.floor(number / SURNAMES.length);
    yield {
      code,
      name: `${pick(SURNAMES, number)}${pick(GIVEN_FIRST, given)}${pick(GIVEN_SECOND, Math.floor(given / GIVEN_FIRST.length) + number)}`,
      phone: `139${String(number).padStart(8, '0')}`,
      email: `${code.toLowerCase()}@example.test`,
      departments: [departmentCode(number % DEPARTMENT_NAMES.length)],
    };
  }
}

export function generatedCode(number: number): string {
  return `P${String(number).padStart(5, '0')}`;
}
