import { gql } from 'lightning/graphql';

/** Whether an agreement is in force, and the row in which the service says what it makes of one lead. */
export const LEAD_STATE_QUERY = gql`
    query AccordLeadState($leadId: String) {
        uiapi {
            query {
                Accord_Agreement__c(where: { Status__c: { eq: "In Force" } }, first: 1) {
                    edges {
                        node {
                            Id
                        }
                    }
                }
                Accord_Lead_State__c(where: { Lead_Id__c: { eq: $leadId } }, first: 1) {
                    edges {
                        node {
                            Id
                            LastModifiedDate {
                                value
                            }
                            Since__c {
                                value
                            }
                            Valid_Until__c {
                                value
                            }
                            Receipt__c {
                                value
                            }
                            Agreement_Version__c {
                                value
                            }
                            Agreement__r {
                                Name {
                                    value
                                }
                                Status__c {
                                    value
                                }
                                Mode__c {
                                    value
                                }
                                Effective_From__c {
                                    value
                                }
                                Expires_On__c {
                                    value
                                }
                            }
                        }
                    }
                }
            }
        }
    }
`;
