import type { Words } from './words';

const UNEXPECTED =
  'Si vous n’attendiez pas cet e-mail, vous pouvez l’ignorer. Rien ne se passe tant que vous n’avez pas';

export const french: Words = {
  kinds: {
    invitation: {
      subject: [
        '{sender} vous invite à rejoindre {application}',
        'Votre invitation à rejoindre {application}',
      ],
      heading: 'Vous êtes invité(e) à rejoindre {application}',
      lead: 'Ouvrez l’invitation, connectez-vous ou inscrivez-vous de la façon qui vous convient, puis confirmez. Ce qui a été préparé pour vous sera alors à vous.',
      button: 'Ouvrir l’invitation',
      unexpected: `${UNEXPECTED} confirmé.`,
    },
    prepared: {
      subject: ['{sender} a préparé un compte pour vous', 'Votre compte {application} est préparé'],
      heading: 'Votre compte {application} est préparé',
      lead: 'Il ne manque plus qu’un mot de passe. Choisissez-en un, puis connectez-vous avec l’adresse à laquelle cet e-mail a été envoyé.',
      button: 'Choisir un mot de passe',
      unexpected: `${UNEXPECTED} choisi de mot de passe.`,
    },
    finalized: {
      subject: ['{sender} vous a donné accès à {application}', 'Vous avez accès à {application}'],
      heading: 'Vous avez accès à {application}',
      lead: 'Vous avez déjà un compte avec cette adresse. Ce qui a été préparé pour vous s’y trouve : connectez-vous comme d’habitude, il n’y a rien à confirmer.',
      button: 'Accéder à {application}',
      unexpected:
        'Si vous n’attendiez pas cet e-mail, vous pouvez l’ignorer. Votre mot de passe reste inchangé.',
    },
  },
  bound: 'Veuillez utiliser un compte avec l’adresse à laquelle cet e-mail a été envoyé.',
  validUntil: 'Le lien est valable jusqu’au {date} (UTC).',
  personal: 'Il vous est strictement personnel. Merci de ne pas le transférer.',
  address: 'Si le bouton ne fonctionne pas, copiez cette adresse dans votre navigateur :',
};
