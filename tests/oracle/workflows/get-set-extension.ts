/**
 * A stand-in for the page code of packs that send values by name: the two node types, with the one thing
 * that the page asks of a virtual node (`getInputLink`: the link that feeds what it stands for). Our own
 * words; the real packs draw and colour besides. A name is looked for in the node's own graph.
 */
export const getSetExtension = `
const { LiteGraph, LGraphNode } = globalThis;

class SetNode extends LGraphNode {
  constructor(title) {
    super(title);
    this.isVirtualNode = true;
    this.serialize_widgets = true;
    this.addWidget('text', 'Constant', '', () => undefined);
    this.addInput('*', '*');
    this.addOutput('*', '*');
  }
}

class GetNode extends LGraphNode {
  constructor(title) {
    super(title);
    this.isVirtualNode = true;
    this.serialize_widgets = true;
    this.addWidget('text', 'Constant', '', () => undefined);
    this.addOutput('*', '*');
  }
  getInputLink() {
    const name = this.widgets[0].value;
    const nodes = this.graph.nodes ?? this.graph._nodes;
    const setter = nodes.find((node) => node.type === 'SetNode' && node.widgets[0].value === name);
    const id = setter?.inputs[0]?.link;
    return id == null ? null : this.graph.links.get(id);
  }
}

LiteGraph.registerNodeType('SetNode', Object.assign(SetNode, { title: 'SetNode' }));
LiteGraph.registerNodeType('GetNode', Object.assign(GetNode, { title: 'GetNode' }));
`;
