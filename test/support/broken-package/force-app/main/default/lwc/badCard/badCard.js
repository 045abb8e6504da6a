import { LightningElement } from 'lwc';
import { gql } from 'lightning/graphql';
import ELEMENTS from '@salesforce/resourceUrl/resource_that_is_not';
import GONE from '@salesforce/schema/Bad__c.Gone__c';

const name = 'Leed';

/** Names things that do not exist, and pastes text into a query. */
export default class BadCard extends LightningElement {
    resource = ELEMENTS;
    field = GONE;
    pasted = gql`query { uiapi { query { ${name} { edges { node { Id } } } } } }`;
    unknown = gql`query { uiapi { query { Leed { edges { node { Id } } } Bad__c { edges { node { Gone__c { value } } } } } } }`;
}
