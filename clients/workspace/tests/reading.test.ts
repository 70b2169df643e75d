import { describe, expect, it } from 'vitest'
import { pieces } from '@/core/links'
import { parts } from '@/core/quotes'

const folded = (text: string) => parts(text).map((part) => (part.kind === 'quote' ? '…' : part.text.trim()))

describe('what a letter quotes', () => {
  it('is what is marked with >, with the header above it', () => {
    const letter = 'Thanks, that works.\n\nOn Tue, 3 Nov 2026 at 09:12, Li Na <li@fennel-oak.example>\nwrote:\n\n> Here is your label.\n>\n> Li'
    expect(folded(letter)).toEqual(['Thanks, that works.', '…'])
  })

  it('leaves an answer between and below the marked lines to be read', () => {
    expect(folded('> Which colour?\nThe blue one.\n> Which size?\nLarge.')).toEqual(['…', 'The blue one.', '…', 'Large.'])
  })

  it.each([
    'Le mar. 3 nov. 2026 à 09:12, Li Na <li@fennel-oak.example> a écrit :',
    'Am 03.11.26 um 09:12 schrieb Li Na:',
    'El mar, 3 nov 2026 a las 9:12, Li Na escribió:',
    '2026년 11월 3일 (화) 오전 9:12, Li Na <li@fennel-oak.example>님이 작성:',
    '在 2026年11月3日，上午9:12，李娜 <li@fennel-oak.example> 写道：',
    '李娜 <li@fennel-oak.example> 於 2026年11月3日 週二 上午9:12寫道：',
    '2026年11月3日(火) 9:12 Li Na <li@fennel-oak.example>:',
    '-----Original Message-----',
    '------------------ 原始邮件 ------------------',
    '-----원본 메시지-----',
    '-------- Message d’origine --------',
  ])('begins below “%s”', (header) => {
    expect(folded(`My answer.\n\n${header}\nThe old letter.\nAnd its end.`)).toEqual(['My answer.', '…'])
  })

  it('begins with the block of Outlook, in many languages', () => {
    expect(folded('Merci.\n\nDe : Li Na <li@fennel-oak.example>\nEnvoyé : mardi 3 novembre 2026 09:12\nÀ : Omar Diallo\nObjet : Votre retour\n\nBonjour')).toEqual(['Merci.', '…'])
    expect(folded('谢谢。\n\n发件人: 李娜\n发送时间: 2026年11月3日\n收件人: 张伟\n主题: 退货\n\n您好')).toEqual(['谢谢。', '…'])
  })

  it('loses no letter of it', () => {
    const letter = 'One\n\n> two\n\n> three\nfour\n\nOn Monday Dana wrote:\nfive\n'
    expect(parts(letter).map((part) => part.text).join('\n')).toBe(letter)
  })

  it('is not found in plain words, nor where nothing else is said', () => {
    expect(folded('From: my desk to yours.\nOn Monday he wrote a letter: it was short.')).toHaveLength(1)
    expect(parts('> all\n> of it').map((part) => part.kind)).toEqual(['words'])
    expect(folded('a > b\nand 3 > 2')).toHaveLength(1)
  })
})

describe('what can be followed in a note', () => {
  it('is a conversation by its number and an address of the web', () => {
    expect(pieces('Same as #1042, see https://shop.example/a?b=1#2.')).toEqual([
      { kind: 'words', text: 'Same as ' },
      { kind: 'conversation', text: '#1042', number: 1042 },
      { kind: 'words', text: ', see ' },
      { kind: 'url', text: 'https://shop.example/a?b=1#2' },
      { kind: 'words', text: '.' },
    ])
  })

  it('is neither a tag, an entity, nor a part of a word', () => {
    for (const text of ['#refund', '&#39;', 'A#12', '#12b', 'http:// alone']) expect(pieces(text)).toEqual([{ kind: 'words', text }])
    expect(pieces('请看#12。').map((piece) => piece.kind)).toEqual(['words', 'words'].slice(0, 1))
  })
})
